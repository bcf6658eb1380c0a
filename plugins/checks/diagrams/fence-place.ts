import { posix } from 'node:path';
import type { D2Range } from '../../d2/index.ts';
import type { Place } from '../../source/index.ts';
import { importsIn } from './imports-in.ts';
import type { FenceStatement } from './types.ts';

/**
 * Place in the page of the first range that lies in the fence itself; else of the import that brought the
 * first range, and the whole fence where that is an import's own.
 */
export function placeOf(statement: FenceStatement, ranges: (D2Range | null | undefined)[]): Place {
  const own = ranges.find((range) => range?.file === 'index');
  if (own) return statement.placeOf(own);
  const file = ranges.find((range) => range)?.file;
  const use = importsIn(statement.source).find(({ path }) => `${posix.normalize(path)}.d2` === file);
  return use ? statement.placeOf(use) : statement.place;
}

/** Place of a range in a file that the fence imports; null in its own text and in what the model draws. */
export function importedAt(statement: FenceStatement, range: D2Range | null): Place | null {
  if (range === null || range.file === 'index' || range.file.startsWith('gitops/')) return null;
  return {
    file: posix.join(posix.dirname(statement.place.file), range.file),
    line: range.line + 1,
    column: range.column + 1,
    endLine: range.endLine + 1,
    endColumn: range.endColumn + 1,
  };
}
