import { compareText, uniqueBy } from '../base/index.ts';
import type { UnreadPart } from '../platform/index.ts';
import type { Query, Subject, SubjectKind } from '../query/index.ts';
import type { Unverified } from '../source/index.ts';

/**
 * What could change a view when it becomes known: what could bring a row or a shape, what decides whether one
 * that is there is selected, and what could change a field that is shown.
 */
export function unreadBehind({ reach }: Query, shown: Shown): Unverified[] {
  const { subject, only, where, subjects, fields } = shown;
  const tests = [only, where].filter((test) => test !== undefined);
  return unverifiedFrom([
    ...reach.joining(subject, { tests }),
    ...(where === undefined ? [] : reach.altering(subject, [where])),
    ...subjects.flatMap((one) => reach.touching(one, fields)),
  ]);
}

/** The parts as what a statement says that it could not know, each once, in the order of their places. */
export function unverifiedFrom(parts: readonly UnreadPart[]): Unverified[] {
  const key = ({ what, origin }: Unverified) =>
    `${origin?.file ?? ''}\0${String(origin?.line ?? 0).padStart(7, '0')}\0${what}`;
  return uniqueBy(
    parts.map(({ unverified }) => unverified),
    key,
  ).sort((a, b) => compareText(key(a), key(b)));
}

interface Shown {
  subject: SubjectKind;
  /** Condition of all that the view shows, and that of its author. */
  only: string | undefined;
  where: string | undefined;
  /** What it shows, and the names that it shows of each. */
  subjects: readonly Subject[];
  fields: readonly string[];
}
