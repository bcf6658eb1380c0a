import { readFile } from 'node:fs/promises';
import { type Diagnostic, kindOf } from '../checks/index.ts';
import { createPositions, pageName, spliced } from '../markdown/index.ts';
import type { Engine } from './engine.ts';
import { judgePage, unreadablePage } from './judge-page.ts';

/**
 * A page as plain Markdown with everything live resolved: tables as GFM, facts and claims as their words,
 * drawings as D2 text. Everything else stays byte for byte; what is at fault stays as written and is told in
 * the diagnostics.
 */
export async function renderPageAsMarkdown(engine: Engine, path: string): Promise<RenderedPage> {
  const { config } = engine.platform;
  const text = await readFile(path, 'utf8');
  const positions = createPositions(pageName(path, config), text);
  const parsed = engine.pages.parse(path, text);
  if (!parsed.ok)
    return {
      markdown: text,
      diagnostics: unreadablePage(positions, parsed, config).diagnostics,
    };
  const { report, extraction } = await judgePage(engine, parsed.tree, positions, path);
  const splices = extraction.found.flatMap((located, index) => {
    const verdict = report.verdicts[index];
    return (verdict && kindOf(located.statement).markdown?.(verdict, located, positions)) ?? [];
  });
  return { markdown: spliced(text, splices), diagnostics: report.diagnostics };
}

interface RenderedPage {
  markdown: string;
  diagnostics: Diagnostic[];
}
