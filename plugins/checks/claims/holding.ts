import type { Attribute } from '../../markdown/index.ts';
import type { UnreadPart } from '../../platform/index.ts';
import type { Query, QueryError, Subject, SubjectKind } from '../../query/index.ts';

/**
 * The subjects that hold the test. One that lacks a key of the test does not; a key that none has is a slip
 * of the pen. Nor does one of which something unread decides: `permitted.ok` is null then.
 */
export function testAll(
  query: Query,
  among: Subject[],
  decide: Attribute,
): { ok: true; holds: Subject[] } | { ok: false; error: QueryError } {
  const holds: Subject[] = [];
  const error = query.refusal(decide.value, among[0]?.kind ?? 'resource');
  if (error !== undefined && ['unknown', 'absent', 'limit'].includes(error.reason))
    return { ok: false, error };
  for (const subject of among) {
    const tested = query.test(decide.value, subject);
    if (tested.ok ? tested.value : false) holds.push(subject);
    else if (!tested.ok && tested.error.reason !== 'missing' && !isOpen(query, subject, decide, tested.error))
      return { ok: false, error: tested.error };
  }
  return { ok: true, holds };
}

/** Whether a subject that nothing unread could change lacks a key of the test, which perhaps none has. */
export function someLack(query: Query, among: Subject[], of: Attribute, decide: Attribute): boolean {
  return among.some((subject) => {
    const tested = query.test(decide.value, subject);
    const isMissing = !tested.ok && tested.error.reason === 'missing';
    return isMissing && query.reach.touching(subject, [of.value, decide.value]).length === 0;
  });
}

function isOpen({ reach }: Query, subject: Subject, decide: Attribute, { reason }: QueryError): boolean {
  return reason === 'type' && reach.touching(subject, [decide.value]).length > 0;
}

/** What could turn the verdict when it becomes known: nothing where one subject that is known decides it. */
export function unsettling(
  { reach }: Query,
  { kind, of, decide, quantifier, among, holds }: Test,
): UnreadPart[] {
  const isSure = (subject: Subject) => reach.touching(subject, [of, decide]).length === 0;
  const decides =
    quantifier === 'all' ? (one: Subject) => !holds.includes(one) : (one: Subject) => holds.includes(one);
  if (among.some((subject) => decides(subject) && isSure(subject))) return [];
  const joining =
    quantifier === 'all'
      ? reach.joining(kind, { tests: [of], unless: decide })
      : reach.joining(kind, { tests: [of, decide] });
  return [
    ...joining,
    ...reach.altering(kind, [of]),
    ...among.flatMap((subject) => reach.touching(subject, [decide])),
  ];
}

interface Test {
  kind: SubjectKind;
  of: string;
  decide: string;
  quantifier: 'all' | 'any' | 'none';
  /** What was selected, */
  among: Subject[];
  /** and of it what holds the test. */
  holds: Subject[];
}
