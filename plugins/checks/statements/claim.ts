import { type Attribute, type Attributes, labelText } from '../../markdown/index.ts';
import type { UnreadPart } from '../../platform/index.ts';
import type { Query, QueryError, Subject, SubjectKind } from '../../query/index.ts';
import { unverifiedFrom } from '../../views/index.ts';
import { subjectKind, unknownAttributes } from '../attribute-checks.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { emptyFault } from '../rules/pages/claim-empty.ts';
import { falseFault, quantifiers } from '../rules/pages/claim-false.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import { queryFault } from '../rules/pages/query-invalid.ts';
import { selects } from '../selects.ts';
import type { StatementKind } from '../statement-kind.ts';
import { nameOf, shownSources } from '../subjects.ts';
import type { CheckContext, StatementBase } from '../types.ts';
import { behindError, countRange, isSettled } from '../unread.ts';
import { unfenced, unwrapped } from '../unwrapped.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';

/**
 * A sentence or a paragraph with its test:
 * `:claim[Namespaces come first]{of="kind == 'Namespace'" all="wave < 0"}`.
 */
export const claim = {
  counted: { as: 'claims', one: 'claim', many: 'claims' },
  share: null,
  attributes: ['of', 'over', ...quantifiers],
  inSentences: true,
  directive: {
    forms: ['textDirective', 'containerDirective'],
    telling: ['of', ...quantifiers],
    example: ':claim[sentence]{of="kind == \'Namespace\'" all="wave < 0"}, or :::claim{…} around paragraphs',
    from: ({ node, place, attributes }): ClaimStatement => ({
      type: 'claim',
      place,
      text: labelText(node).replaceAll(/\s+/g, ' ').trim(),
      attributes,
    }),
  },
  judge: judgeClaim,
  nameOf: ({ text }) => text,
  mentions: ({ statement }, resource, { query }) =>
    statement.attributes.of !== undefined && selects(statement.attributes.of, statement, resource, query),
  markdown: (_, spot, positions) =>
    spot.node.type === 'textDirective' ? unwrapped(spot) : unfenced(spot, positions),
} as const satisfies StatementKind<ClaimVerdict>;

/**
 * `:claim[sentence]{of="CEL" all|any|none="CEL"}` or `{of="CEL" count=">= 2"}`. `of` selects (`over` says
 * among what), the other attribute decides. `count` is a number with one of `== != < <= > >=` before it;
 * alone it means `==`. A selection that holds nothing makes every claim false, whatever decides: a renamed
 * folder must not make sentences true.
 */
function judgeClaim(statement: ClaimStatement, { platform, query }: CheckContext): ClaimVerdict {
  const test = testOf(statement);
  if (!test.ok) return invalid(statement, test.faults);
  const { kind, of, quantifier, decide, comparison } = test;
  const selected = query.select(of.value, kind);
  if (!selected.ok) return unevaluated(statement, query, of, 'of', { kind, error: selected.error });
  const among = selected.value;
  const total = among.length;
  const range = countRange(query.reach, kind, of.value, among);
  if (total === 0) {
    if (range.parts.length > 0) return unknown(statement, range.parts, { is: 'none known', where: of.value });
    const diagnostics = [
      emptyFault(platform, query, of, kind, {
        about: statement.text,
        what: 'the claim speaks of nothing: `of`',
      }),
    ];
    return verdictOf(statement, 'false', { diagnostics });
  }

  const tested = quantifier === 'count' ? { ok: true as const, holds: among } : testAll(query, among, decide);
  if (!tested.ok) {
    const open = unevaluated(statement, query, decide, quantifier, { kind, error: tested.error });
    if (open.outcome !== 'unverified' || quantifier !== 'all' || !someLack(query, among, of, decide))
      return open;
    const diagnostics = [
      falseFault({ platform, query, statement, of, decide, quantifier, among, holds: [] }),
    ];
    return verdictOf(statement, 'false', { diagnostics });
  }
  const { holds } = tested;
  const passed = {
    all: holds.length === total,
    any: holds.length > 0,
    none: holds.length === 0,
    count: comparison?.holds(total) ?? false,
  }[quantifier];
  const parts =
    quantifier === 'count'
      ? comparison && isSettled(comparison.holds, comparison.wanted, range)
        ? []
        : range.parts
      : unsettling(query, { kind, of: of.value, decide: decide.value, quantifier, among, holds });
  const found: ClaimFound = {
    is: 'tested',
    quantifier,
    kind,
    total,
    holds: holds.length,
    test: comparison?.exact ? null : decide.value.trim(),
    passed,
    where: of.value,
  };
  // Of a claim about some of many those that it is true of.
  const shown = quantifier === 'any' && passed ? holds : among;
  const looked = shown.slice(0, shownSources).map((subject) => nameOf(platform, subject));
  if (parts.length > 0) return unknown(statement, parts, found, looked, shown.length);
  if (!passed) {
    const diagnostics = [falseFault({ platform, query, statement, of, decide, quantifier, among, holds })];
    return verdictOf(statement, 'false', { diagnostics });
  }
  const result = { found, looked, total: shown.length };
  return verdictOf(statement, 'true', { result });
}

/** What a claim asks, or what is wrong with how it is written. */
function testOf(statement: ClaimStatement): AskedTest | { ok: false; faults: Diagnostic[] } {
  const { attributes } = statement;
  const faults = unknownAttributes(statement, claim.attributes, '`:claim`');
  const given = quantifiers.filter((name) => attributes[name] !== undefined);
  const [quantifier] = given;
  const of = attributes.of;
  const over = subjectKind(statement);
  if (!over.ok) faults.push(over.fault);
  const example = 'such as {of="kind == \'Namespace\'" all="wave < 0"}';
  if (!of)
    faults.push(formFault(statement, '`:claim` needs `of="CEL"`: what it speaks of', { help: example }));
  if (given.length !== 1) {
    const message = given.length === 0 ? '`:claim` has no test' : `\`:claim\` has ${given.length} tests`;
    faults.push(
      formFault(statement, `${message}: give one of \`all\`, \`any\`, \`none\`, \`count\``, {
        help: example,
      }),
    );
  }
  const decide = quantifier === undefined ? undefined : attributes[quantifier];
  const comparison = quantifier === 'count' && decide ? comparisonFrom(decide.value) : null;
  if (quantifier === 'count' && decide && !comparison) {
    const help = 'a number with one of == != < <= > >= before it: count="6" or count=">= 2"';
    faults.push(
      formFault(statement, `\`count\` is no comparison: \`${decide.value}\``, { place: decide.place, help }),
    );
  }
  if (faults.length > 0 || !of || !decide || !over.ok || quantifier === undefined)
    return { ok: false, faults };
  return { ok: true, kind: over.kind, of, quantifier, decide, comparison };
}

/** What could turn the verdict when it becomes known: nothing where one subject that is known decides it. */
function unsettling({ reach }: Query, { kind, of, decide, quantifier, among, holds }: Test): UnreadPart[] {
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

/** An expression that is wrong as it stands; where it only looks for what nobody has read, nobody knows. */
function unevaluated(
  statement: ClaimStatement,
  { reach }: Query,
  attribute: Attribute,
  name: string,
  { kind, error }: { kind: SubjectKind; error: QueryError },
): ClaimVerdict {
  const parts = behindError(reach, kind, attribute.value, error);
  return parts.length > 0
    ? unknown(statement, parts, { is: 'asked', test: attribute.value })
    : invalid(statement, [queryFault(attribute, name, error)]);
}

function unknown(
  statement: ClaimStatement,
  parts: UnreadPart[],
  found: ClaimFound,
  looked: string[] = [],
  total = 0,
): ClaimVerdict {
  const unverified = unverifiedFrom(parts);
  return verdictOf(statement, 'unverified', { unverified, result: { found, looked, total } });
}

/**
 * The subjects that hold the test. One that lacks a key of the test does not; a key that none has is a slip
 * of the pen. Nor does one of which something unread decides: `permitted.ok` is null then.
 */
function testAll(
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
function someLack(query: Query, among: Subject[], of: Attribute, decide: Attribute): boolean {
  return among.some((subject) => {
    const tested = query.test(decide.value, subject);
    const isMissing = !tested.ok && tested.error.reason === 'missing';
    return isMissing && query.reach.touching(subject, [of.value, decide.value]).length === 0;
  });
}

function isOpen({ reach }: Query, subject: Subject, decide: Attribute, { reason }: QueryError): boolean {
  return reason === 'type' && reach.touching(subject, [decide.value]).length > 0;
}

function comparisonFrom(text: string): Comparison | null {
  const match = /^\s*(==|!=|<=|>=|<|>)?\s*(\d{1,9})\s*$/.exec(text);
  if (!match) return null;
  const wanted = Number(match[2]);
  const operator = match[1] ?? '==';
  const holds = (count: number) =>
    ({
      '==': count === wanted,
      '!=': count !== wanted,
      '<': count < wanted,
      '<=': count <= wanted,
      '>': count > wanted,
      '>=': count >= wanted,
    })[operator] ?? false;
  return { exact: operator === '==', wanted, holds };
}

function invalid(statement: ClaimStatement, diagnostics: Diagnostic[]): ClaimVerdict {
  return verdictOf(statement, 'invalid', { diagnostics });
}

export interface ClaimStatement extends StatementBase {
  type: 'claim';
  /** The sentence, as plain text. */
  text: string;
  attributes: Attributes;
}

interface AskedTest {
  ok: true;
  /** Of what, */
  kind: SubjectKind;
  /** which of them, */
  of: Attribute;
  /** and what has to hold. */
  quantifier: (typeof quantifiers)[number];
  decide: Attribute;
  /** What `count` is compared with; null of the others. */
  comparison: Comparison | null;
}

interface Comparison {
  exact: boolean;
  wanted: number;
  holds(count: number): boolean;
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

/** What was found, in no language yet. */
export type ClaimFound =
  | {
      is: 'tested';
      quantifier: (typeof quantifiers)[number];
      kind: SubjectKind;
      /** How many were selected, and how many of them hold the test. */
      total: number;
      holds: number;
      /** Null where the number says it. */
      test: string | null;
      passed: boolean;
      where: string;
    }
  /** Nothing was selected, as far as is known. */
  | { is: 'none known'; where: string }
  /** What could not be evaluated. */
  | { is: 'asked'; test: string };

interface ClaimResult {
  found: ClaimFound;
  /** Names of the first of what was looked at, or of what the claim is true of where that is some of many, */
  looked: string[];
  /** and how many those are. */
  total: number;
}

type ClaimVerdict = VerdictBase<ClaimStatement, ClaimResult>;
