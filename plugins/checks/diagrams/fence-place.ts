import { posix } from 'node:path';
import type { D2Range } from '../../d2/index.ts';
import type { Place } from '../../source/index.ts';
import { importsIn } from './imports.ts';
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
