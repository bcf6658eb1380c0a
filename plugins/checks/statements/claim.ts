import { type Attribute, type Attributes, labelText } from '../../markdown/index.ts';
import type { UnreadPart } from '../../platform/index.ts';
import type { Query, QueryError, SubjectKind } from '../../query/index.ts';
import { unverifiedFrom } from '../../views/index.ts';
import { askedTest, claimAttributes } from '../claims/asked-test.ts';
import { someLack, testAll, unsettling } from '../claims/holding.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { emptyFault } from '../rules/pages/claim-empty.ts';
import { falseFault, quantifiers } from '../rules/pages/claim-false.ts';
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
  attributes: claimAttributes,
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
  const test = askedTest(statement);
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

function invalid(statement: ClaimStatement, diagnostics: Diagnostic[]): ClaimVerdict {
  return verdictOf(statement, 'invalid', { diagnostics });
}

export interface ClaimStatement extends StatementBase {
  type: 'claim';
  /** The sentence, as plain text. */
  text: string;
  attributes: Attributes;
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
