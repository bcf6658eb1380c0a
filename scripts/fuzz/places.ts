import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Report } from '../../plugins/engine/index.ts';
import type { Place } from '../../plugins/source/index.ts';

/** Places of a report that are not there: no such file, line or column. */
export function wrongPlaces({ diagnostics, unverified }: Report, root: string): string[] {
  const places = [
    ...diagnostics.flatMap(({ page, sources, fix }) => [page, ...sources, fix?.place ?? null]),
    ...unverified.map(({ origin }) => origin),
  ];
  return places.flatMap((place) => (place === null || isThere(place, root) ? [] : [JSON.stringify(place)]));
}

/** Line 1, column 1 means a whole file, or what should have been one. */
function isThere({ file, line, column, endLine, endColumn }: Place, root: string): boolean {
  if (line === 1 && column === 1) return true;
  const path = resolve(root, file);
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry?.isFile()) return false;
  const bytes = readFileSync(path);
  // Of another encoding than ours the columns are those of what was decoded.
  if (bytes.includes(0) || !Buffer.from(bytes.toString()).equals(bytes)) return true;
  const text = bytes.toString();
  // YAML ends a line with a line feed, Markdown with a carriage return too.
  return [/\r?\n/, /\r\n|\r|\n/].some((breaks) => {
    const lines = text.split(breaks);
    const isIn = (at: number, from: number) => from >= 1 && from <= (lines[at - 1]?.length ?? -1) + 2;
    return isIn(line, column) && isIn(endLine, endColumn) && (endLine > line || endColumn >= column);
  });
}
