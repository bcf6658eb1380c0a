import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkOnce } from '../../plugins/starlight/run/check-once.ts';
import { diagramsIn, drawingAhead } from '../../plugins/starlight/run/drawing-ahead.ts';
import { sharedCache, d2 as sharedD2 } from '../d2/helpers.ts';
import { tree } from '../source/tree.ts';
import { siteOptions } from './site-options.ts';

const started: ChildProcess[] = [];
subscribe('child_process', (message) => started.push((message as { process: ChildProcess }).process));
const engines = () => started.filter(({ spawnargs }) => spawnargs.some((one) => /worker.host\./.test(one)));

async function enginesFor(page: string): Promise<number> {
  const root = tree({ 'docs/page.md': page });
  const before = engines().length;
  const d2 = await drawingAhead({ root, docs: join(root, 'docs') });
  onTestFinished(() => d2.dispose());
  return engines().length - before;
}

test('an engine starts ahead for a diagram that was never drawn, and for none that was', async () => {
  const own = 'first -> second: é';
  await sharedD2.compile({ source: own, files: {}, layout: 'dagre' });
  expect(sharedCache.directory).not.toBeNull();
  expect(await enginesFor('Text alone.\n')).toBe(0);
  expect(await enginesFor(`# Page\n\n\`\`\`d2 title="One"\n${own}\n\`\`\`\n`)).toBe(0);
  expect(await enginesFor('```d2\nnever: drawn\n```\n')).toBe(1);
});

test('the diagrams of a page are told as its check reads them', () => {
  const page = [
    '```yaml\n```d2\nno: diagram\n```',
    '```d2\na -> b\n\nb -> c\n```',
    '````D2 layout="elk"\r\na -> b\r\n```\r\nb\r\n````\r',
    '```d2\n...@gitops/classes\na\n```',
    '> ```d2\n> quoted\n> ```',
    '```d2\nwithout an end',
  ].join('\n\n');
  expect(diagramsIn(page)).toEqual([
    { source: 'a -> b\n\nb -> c', files: {}, layout: 'dagre' },
    { source: 'a -> b\n```\nb', files: {}, layout: 'elk' },
  ]);
});

test('a page of openings alone takes no longer than it is long', () => {
  expect(diagramsIn('```d2 a\n'.repeat(200_000))).toEqual([]);
});

test('the outcome of a check is told before the forms of its diagrams are drawn, each of which is told too', async () => {
  const chain = 'one of a few -> two of a few -> three of a few -> four of a few -> told';
  const page = `---\ntitle: Page\n---\n\n\`\`\`d2\ndirection: right\n${chain}\n\`\`\`\n`;
  const root = tree({
    'docs/page.md': page,
    'web/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  });
  const told: string[] = [];
  await checkOnce({ options: siteOptions(root), key: null }, (reply) => {
    if ('of' in reply) told.push(`${reply.of} ${reply.done}/${reply.total}`);
    else if ('outcome' in reply) told.push(reply.outcome.summary);
    else told.push('drawn' in reply ? 'drawn' : reply.failure.message);
  });
  expect(told).toEqual(['drawn', 'checking 1/1', '1 diagram on 1 page: all true', 'drawn']);
});
