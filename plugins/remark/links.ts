import type { Definition, Image, Link } from 'mdast';
import type { LinkStatement } from '../checks/index.ts';
import type { Positions } from './positions.ts';

/** A link that leads to a page, a heading or a file; null for one that leads elsewhere. */
export function linkStatement(
  _node: Link | Image | Definition,
  _start: number,
  _end: number,
  _positions: Positions,
  _path: string | null,
): LinkStatement | null {
  return null;
}
