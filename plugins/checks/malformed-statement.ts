import type { Place } from '../source/index.ts';
import type { StatementBase } from './types.ts';

/**
 * What was meant to be a statement and is not: a directive that did not parse, an attribute in the wrong
 * place.
 */
export function malformed(
  place: Place,
  message: string,
  help: string,
  candidates: string[] = [],
): MalformedStatement {
  return { type: 'malformed', place, message, help, candidates };
}

export interface MalformedStatement extends StatementBase {
  type: 'malformed';
  message: string;
  help: string;
  candidates: string[];
}
