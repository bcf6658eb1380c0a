import { isPathMisspelt } from '../../base/index.ts';
import { diagnose, suggestion } from '../diagnose.ts';
import { resolve } from '../resolve.ts';
import { referenceUnknown } from '../rules/pages/reference-unknown.ts';
import { sourceOf } from '../subjects.ts';
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
  const [near] = found.candidates;
  const diagnostic = diagnose(referenceUnknown, {
    about: text,
    page: place,
    message: found.ambiguous
      ? `\`${text}\` names ${found.candidates.length} resources: say which`
      : `\`${text}\` names no resource of the repository`,
    sources: found.nearest
      .slice(0, 3)
      .map((resource) =>
        sourceOf(platform, resource, found.ambiguous ? 'one of them' : 'nearest', ['metadata', 'name']),
      ),
    expected: 'the name of one resource',
    actual: found.searched,
    candidates: found.candidates,
    help: suggestion(found.candidates) ?? 'correct the name, or take it out of inline code if it is none',
    ...(near !== undefined && found.candidates.length === 1 && isPathMisspelt(text, near)
      ? { fix: { replacement: near } }
      : {}),
  });
  return { statement, outcome: 'false', diagnostics: [diagnostic], unverified: [], result: null };
}
