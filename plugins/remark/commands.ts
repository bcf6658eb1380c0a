import type { Code } from 'mdast';
import type { CommandStatement } from '../checks/index.ts';
import type { Positions } from './positions.ts';

/** The commands of a shell fence that are looked up, in their order. */
export function commandStatements(_node: Code, _start: number, _positions: Positions): CommandStatement[] {
  return [];
}
