import { resolve } from '../resolve.ts';
import { unknownReference } from '../rules/pages/reference-unknown.ts';
import type { CheckContext, ReferenceStatement } from '../types.ts';
import type { VerdictOf } from '../verdict.ts';

/** Inline code of the form `Kind/name` or `Kind/namespace/name` must name one resource. */
export function judgeReference(
  statement: ReferenceStatement,
  { platform }: CheckContext,
): VerdictOf<'reference'> {
  const { text, place } = statement;
  const found = resolve(platform, text);
  if (found.ok) {
    return {
      statement,
      outcome: 'true',
      diagnostics: [],
      unverified: [],
      result: { resource: found.resource },
    };
  }
  const diagnostic = unknownReference(text, place, found, platform);
  return { statement, outcome: 'false', diagnostics: [diagnostic], unverified: [], result: null };
}
