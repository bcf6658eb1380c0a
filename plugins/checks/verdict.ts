import type { Unverified } from '../source/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { StatementBase } from './types.ts';

/** `true`, `false`, `unverified` (could not be known), `invalid` (does not make sense as written). */
export type Outcome = 'true' | 'false' | 'unverified' | 'invalid';

/** What is found out about one statement. */
export interface VerdictBase<S extends StatementBase, R> {
  statement: S;
  outcome: Outcome;
  diagnostics: Diagnostic[];
  unverified: Unverified[];
  /** What the page shows in the statement's place; null where it could not be made. */
  result: R | null;
}
