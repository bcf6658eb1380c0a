import { type Extraction, extract, type Statement } from '../../plugins/checks/index.ts';
import { parsePage } from '../../plugins/markdown/parse-page.ts';
import { createPositions } from '../../plugins/markdown/positions.ts';
import type { Platform } from '../../plugins/platform/index.ts';
import type { Place } from '../../plugins/source/index.ts';

/** What a page states, with a platform of which only the roots and kinds matter. */
export function statementsOf(text: string, format: 'md' | 'mdx' = 'md'): Extraction {
  const parsed = parsePage(text, format);
  if (!parsed.ok) throw new Error(parsed.message);
  const platform = {
    model: { layers: [{ name: 'gitops', paths: ['K8s'] }], resources: [{ kind: 'Widget' }] },
    sources: { files: new Map() },
  } as unknown as Platform;
  return extract(parsed.tree, {
    positions: createPositions('docs/page.md', text),
    platform,
    site: null,
    path: null,
  });
}

/** The words at a place, which is what a caret would stand under. */
export function wordsAt(text: string, place: Place): string {
  const starts = [0, ...[...text.matchAll(/\r\n|\n/g)].map((match) => match.index + match[0].length)];
  const offset = (line: number, column: number) => (starts[line - 1] ?? 0) + column - 1;
  return text.slice(offset(place.line, place.column), offset(place.endLine, place.endColumn));
}

export function ofType<T extends Statement['type']>(
  extraction: Extraction,
  type: T,
): Extract<Statement, { type: T }>[] {
  return extraction.found
    .map(({ statement }) => statement)
    .filter((statement): statement is Extract<Statement, { type: T }> => statement.type === type);
}
