import type { UnreadPart } from '../platform/index.ts';
import type { QueryError, Reach, Subject, SubjectKind } from '../query/index.ts';

/**
 * How many subjects a selection may hold once everything is known: at least those that nothing unread could
 * take out of it, at most all that are known, or any number where something unread may add some.
 */
export function countRange(
  reach: Reach,
  kind: SubjectKind,
  of: string,
  among: readonly Subject[],
): { least: number; most: number; parts: UnreadPart[] } {
  const parts = [...reach.joining(kind, { tests: [of] }), ...reach.altering(kind, [of])];
  const sure = among.filter((subject) => reach.touching(subject, [of]).length === 0);
  return {
    least: sure.length,
    most: parts.length === 0 ? among.length : Number.POSITIVE_INFINITY,
    parts,
  };
}

/** Whether a comparison of a number with `wanted` comes out the same for every number of a range. */
export function isSettled(
  holds: (count: number) => boolean,
  wanted: number,
  { least, most }: { least: number; most: number },
): boolean {
  const turning = [least, wanted - 1, wanted, wanted + 1, Math.min(most, Math.max(least, wanted) + 2)];
  const answers = turning.filter((count) => least <= count && count <= most).map(holds);
  return answers.every((one) => one === answers[0]);
}

/**
 * What unread parts could make an expression valid that is an error as things stand: it looks for an unread
 * resource, or for a key that no row has and that is not near to an existing one.
 */
export function behindError(
  reach: Reach,
  kind: SubjectKind,
  expression: string,
  { reason, candidates }: QueryError,
): UnreadPart[] {
  if (reason === 'unknown') return reach.missing(expression);
  return reason === 'absent' && candidates.length === 0 ? reach.joining(kind, { tests: [expression] }) : [];
}
