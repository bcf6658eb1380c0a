import type { Html, Parents } from 'mdast';
import type { SnapshotStatement } from '../checks/index.ts';
import type { Positions } from './positions.ts';

/** `<!-- plumbline:table VIEW … -->` with its table and its end; null for any other comment. */
export function snapshotStatement(
  _node: Html,
  _ancestors: Parents[],
  _positions: Positions,
): SnapshotStatement | null {
  return null;
}
