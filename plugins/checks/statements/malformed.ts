import type { MalformedStatement } from '../malformed-statement.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import type { StatementKind } from '../statement-kind.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';

/**
 * What was meant as a statement and did not parse. The other kinds, and the directives, find such text in
 * their own form.
 */
export const malformed = {
  counted: null,
  share: null,
  inSentences: false,
  judge: judgeMalformed,
  nameOf: ({ message }) => message,
} as const satisfies StatementKind<MalformedVerdict>;

function judgeMalformed(statement: MalformedStatement): MalformedVerdict {
  const { message, help, candidates } = statement;
  const diagnostics = [formFault(statement, message, { help, candidates })];
  return verdictOf(statement, 'invalid', { diagnostics });
}

type MalformedVerdict = VerdictBase<MalformedStatement, never>;
