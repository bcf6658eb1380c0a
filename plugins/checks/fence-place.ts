import type { CompiledShape } from '../d2/index.ts';
import type { Place } from '../source/index.ts';
import type { FenceStatement } from './types.ts';

/** Place in the page of the first range that lies in the fence itself; the whole fence where none does. */
export function placeOf(
  statement: FenceStatement,
  ranges: (CompiledShape['linkRange'] | undefined)[],
): Place {
  const own = ranges.find((range) => range?.file === 'index');
  return own ? statement.placeOf(own) : statement.place;
}
