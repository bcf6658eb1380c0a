import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createD2 } from '../../plugins/d2/index.ts';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { drawForms } from '../../plugins/remark/index.ts';
import { openCache } from '../../plugins/source/index.ts';
import { fixture } from '../checks/engine.ts';
import { htmlOf } from './html.ts';

test('a page in whose check all forms were drawn is rendered without an engine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'forms-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const page = join(folder, 'page.md');
  writeFileSync(page, wide);
  const cache = openCache(null);
  const engineOf = async (size: number) => {
    const d2 = createD2({ cache, size });
    onTestFinished(() => d2.dispose());
    return createEngine({ root: fixture, docs: folder, d2 });
  };

  const checking = await engineOf(1);
  const { pages } = await checkPages(checking);
  const rendering = await engineOf(0);
  await drawForms(
    checking,
    pages.flatMap(({ verdicts }) => verdicts),
  );
  const { html } = await htmlOf(rendering, page);
  expect(html.match(/class="pl-canvas pl-turned/g)).toHaveLength(3);
});

const chain = 'one of a few -> two of a few -> three of a few -> four of a few';
/** A chain, and one on a board of its own beside it. */
const wide = `---
title: Page
---

\`\`\`d2 edges="unchecked: they are steps"
direction: right
${chain}
\`\`\`

\`\`\`d2 edges="unchecked: they are steps"
direction: right
${chain} -> e
layers: {
  inside: {
    direction: right
    ${chain} -> f
  }
}
\`\`\`
`;
