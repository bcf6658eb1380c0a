import { readPlainFile } from '../../base/index.ts';
import { createD2, type D2, type D2Input, type D2Options } from '../../d2/index.ts';
import { pagesUnder } from '../../markdown/page-files.ts';
import { openCache } from '../../source/cache/cache.ts';
import { cacheDirectory } from '../../source/cache/cache-directory.ts';
import type { SiteOptions } from './options.ts';

/**
 * D2 for the check of a site, whose engines start at once where a page has a diagram that was never drawn:
 * they take as long to start as all else that checks pages takes to be loaded.
 */
export async function drawingAhead(
  { root, docs }: Pick<SiteOptions, 'root' | 'docs'>,
  tell?: D2Options['tell'],
): Promise<D2> {
  const d2 = createD2({ cache: openCache(cacheDirectory(root)), tell });
  const pages = docs === undefined ? [] : await pagesUnder(docs, root);
  await d2.warm(pages.flatMap((page) => diagramsIn(readPlainFile(page) ?? '')));
  return d2;
}

/**
 * The diagrams of a page, told without a parser, so that some may be missed, or be none. Those that import
 * anything rest on the model, which nobody has yet.
 */
export function diagramsIn(page: string): D2Input[] {
  const found: D2Input[] = [];
  let open: { end: string; info: string; lines: string[] } | null = null;
  for (const line of page.split(/\r?\n/)) {
    if (open === null) {
      const [, end, info = ''] = /^(`{3,})([^`]*)$/.exec(line) ?? [];
      if (end !== undefined) open = { end, info, lines: [] };
    } else if (line.trimEnd() !== open.end) open.lines.push(line);
    else {
      const source = open.lines.join('\n');
      const layout = /\blayout=["']?elk\b/.test(open.info) ? 'elk' : 'dagre';
      if (/^\s*d2\b/i.test(open.info) && !source.includes('@')) found.push({ source, files: {}, layout });
      open = null;
    }
  }
  return found;
}
