import type { Unverified } from '../source/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { StatementBase } from './types.ts';

/** `true`, `false`, `unverified` (could not be known), `invalid` (does not make sense as written). */
export type Outcome = 'true' | 'false' | 'unverified' | 'invalid';

/** A verdict from its parts; what is left out has a default. */
export function verdictOf<S extends StatementBase, R>(
  statement: S,
  outcome: Outcome,
  found: Partial<Pick<VerdictBase<S, R>, 'diagnostics' | 'unverified' | 'result'>> = {},
): VerdictBase<S, R> {
  return { statement, outcome, diagnostics: [], unverified: [], result: null, ...found };
}

/** The verdict on what was not looked at, as it asks too much. */
export function leftOut<S extends StatementBase>(statement: S, kind: string, why: string): LeftOut<S> {
  const origin = statement.place;
  const unverified: Unverified[] = [{ kind: 'work', what: `${kind} at line ${origin.line}`, why, origin }];
  return { statement, outcome: 'unverified', diagnostics: [], unverified, result: null };
}

interface LeftOut<S extends StatementBase> extends VerdictBase<S, never> {
  outcome: 'unverified';
  result: null;
}

/** What is found out about one statement. */
export interface VerdictBase<S extends StatementBase, R> {
  statement: S;
  outcome: Outcome;
  diagnostics: Diagnostic[];
  unverified: Unverified[];
  /** What the page shows in the statement's place; null where it could not be made. */
  result: R | null;
}
