import type { Statement, Verdict, VerdictOf } from './types.ts';

/** Narrows a verdict by its statement's type, which the compiler does not do by itself for a nested discriminant. */
export function isVerdictOf<T extends Statement['type']>(verdict: Verdict, type: T): verdict is VerdictOf<T> {
  return verdict.statement.type === type;
}
