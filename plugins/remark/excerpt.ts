import type { Code } from 'mdast';
import type { ExcerptStatement } from '../checks/index.ts';
import type { Positions } from './positions.ts';

/** A fence with `source="…"`; null for any other. */
export function excerptStatement(
  _node: Code,
  _start: number,
  _end: number,
  _positions: Positions,
): ExcerptStatement | null {
  return null;
}
