import { toString as textOf } from 'mdast-util-to-string';
import type { Attribute, Attributes } from '../../markdown/index.ts';
import { type Query, type Subject, unverifiedAmong } from '../../query/index.ts';
import { counted, subjectKind, unknownAttributes } from '../attribute-checks.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { emptyFault } from '../rules/pages/claim-empty.ts';
import { falseFault, quantifiers } from '../rules/pages/claim-false.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import { queryFault } from '../rules/pages/query-invalid.ts';
import { selects } from '../selects.ts';
import type { StatementKind } from '../statement-kind.ts';
import { nameOf, shownSources } from '../subjects.ts';
import type { CheckContext, StatementBase } from '../types.ts';
import { unfenced, unwrapped } from '../unwrapped.ts';
import type { VerdictBase } from '../verdict.ts';

/** A sentence or a paragraph with its test: `:claim[Namespaces come first]{of="kind == 'Namespace'" all="wave < 0"}`. */
export const claim = {
  counted: { as: 'claims', one: 'claim', many: 'claims' },
  share: null,
  inSentences: true,
  directive: {
    forms: ['textDirective', 'containerDirective'],
    telling: ['of', ...quantifiers],
    example: ':claim[sentence]{of="kind == \'Namespace\'" all="wave < 0"}, or :::claim{…} around paragraphs',
    from: ({ node, place, attributes }): ClaimStatement => ({
      type: 'claim',
      place,
      text: textOf(node).replaceAll(/\s+/g, ' ').trim(),
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
 * `:claim[sentence]{of="CEL" all|any|none="CEL"}` or `{of="CEL" count=">= 2"}`. `of` selects (`over` says among what), the other
 * attribute decides. `count` is a number with one of `== != < <= > >=` before it; alone it means `==`. A selection that holds
 * nothing makes every claim false, whatever decides: a renamed folder must not make sentences true.
 */
function judgeClaim(statement: ClaimStatement, { platform, query }: CheckContext): ClaimVerdict {
  const { attributes } = statement;
  const faults = unknownAttributes(statement, ['of', 'over', ...quantifiers], '`:claim`');
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
    return invalid(statement, faults);

  const selected = query.select(of.value, over.kind);
  if (!selected.ok) return invalid(statement, [queryFault(of, 'of', selected.error)]);
  const unverified = unverifiedAmong(platform, over.kind);
  const among = selected.value;
  const total = among.length;
  if (total === 0) {
    const diagnostics = [
      emptyFault(platform, query, of, over.kind, {
        about: statement.text,
        what: 'the claim speaks of nothing: `of`',
      }),
    ];
    return { statement, outcome: 'false', diagnostics, unverified, result: null };
  }

  const test =
    quantifier === 'count' ? { ok: true as const, holds: among } : testAll(query, among, decide, quantifier);
  if (!test.ok) return invalid(statement, [test.fault]);
  const { holds } = test;
  const passed = {
    all: holds.length === total,
    any: holds.length > 0,
    none: holds.length === 0,
    count: comparison?.holds(total) ?? false,
  }[quantifier];
  if (!passed) {
    const diagnostics = [falseFault({ platform, query, statement, of, decide, quantifier, among, holds })];
    return { statement, outcome: 'false', diagnostics, unverified, result: null };
  }
  const summary = {
    all: `all of ${counted(total, over.kind)}: ${decide.value}`,
    any: `${holds.length} of ${counted(total, over.kind)}: ${decide.value}`,
    none: `none of ${counted(total, over.kind)}: ${decide.value}`,
    count: `${counted(total, over.kind)}${comparison?.exact ? '' : ` (${decide.value.trim()})`}`,
  }[quantifier];
  const looked = among.slice(0, shownSources).map((subject) => nameOf(platform, subject));
  const result = { summary: `${summary}; where ${of.value}`, looked, total };
  return {
    statement,
    outcome: unverified.length > 0 ? 'unverified' : 'true',
    diagnostics: [],
    unverified,
    result,
  };
}

/** The subjects that hold the test. One that lacks a key of the test does not; a key that none has is a slip of the pen. */
function testAll(
  query: Query,
  among: Subject[],
  decide: Attribute,
  name: string,
): { ok: true; holds: Subject[] } | { ok: false; fault: Diagnostic } {
  const holds: Subject[] = [];
  const anywhere = query.select(decide.value, among[0]?.kind);
  if (!anywhere.ok && (anywhere.error.reason === 'unknown' || anywhere.error.reason === 'limit'))
    return { ok: false, fault: queryFault(decide, name, anywhere.error) };
  for (const subject of among) {
    const tested = query.test(decide.value, subject);
    if (tested.ok ? tested.value : false) holds.push(subject);
    else if (!tested.ok && tested.error.reason !== 'missing')
      return { ok: false, fault: queryFault(decide, name, tested.error) };
  }
  return { ok: true, holds };
}

function comparisonFrom(text: string): { exact: boolean; holds: (count: number) => boolean } | null {
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
  return { exact: operator === '==', holds };
}

function invalid(statement: ClaimStatement, diagnostics: Diagnostic[]): ClaimVerdict {
  return { statement, outcome: 'invalid', diagnostics, unverified: [], result: null };
}

export interface ClaimStatement extends StatementBase {
  type: 'claim';
  /** The sentence, as plain text. */
  text: string;
  attributes: Attributes;
}

interface ClaimResult {
  /** What was found, in words. */
  summary: string;
  /** Names of the first of what was looked at. */
  looked: string[];
  total: number;
}

type ClaimVerdict = VerdictBase<ClaimStatement, ClaimResult>;
