import { type Attributes, labelText, placeOfText, writeText } from '../../markdown/index.ts';
import { subjectTypes } from '../../query/index.ts';
import type { Place } from '../../source/index.ts';
import { unverifiedFrom } from '../../views/index.ts';
import { subjectKind, unknownAttributes } from '../attribute-checks.ts';
import { countIn, countLike } from '../count-words.ts';
import { emptyAttribute, emptyAttributeFaults, emptyReason } from '../emptiness.ts';
import { equals, inWords, isScalar } from '../facts/literal.ts';
import { valueSources } from '../facts/value-sources.ts';
import { emptyFault, rowlessFault } from '../rules/pages/claim-empty.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import { listForOne, staleCount, staleValue } from '../rules/pages/fact-stale.ts';
import { queryFault } from '../rules/pages/query-invalid.ts';
import { selects } from '../selects.ts';
import type { StatementKind } from '../statement-kind.ts';
import { shownSources, subjectSource } from '../subjects.ts';
import type { CheckContext, StatementBase } from '../types.ts';
import { behindError, countRange } from '../unread.ts';
import { unwrapped } from '../unwrapped.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';
import { writtenAttributes } from '../written-attributes.ts';

/** A number or a value in a sentence: `:fact[six]{count="kind == 'AppProject'"}`. */
export const fact = {
  counted: { as: 'facts', one: 'fact', many: 'facts' },
  share: null,
  attributes: ['count', 'value', 'over', emptyAttribute],
  inSentences: true,
  directive: {
    forms: ['textDirective'],
    telling: ['count', 'value'],
    example: ':fact[6]{count="kind == \'AppProject\'"}',
    from: ({ node, place, labelPlace, attributes, written }): FactStatement => ({
      type: 'fact',
      place,
      literal: labelText(node),
      literalPlace: labelPlace ?? place,
      attributes,
      written,
    }),
  },
  judge: judgeFact,
  nameOf({ attributes, literal }) {
    const asked = writtenAttributes(attributes, ['value', 'count', 'over']);
    return literal === '' ? asked : `${literal}, ${asked}`;
  },
  /** A count speaks of all that it selects; a value of the resources that its expression names. */
  mentions({ statement, result }, resource, { platform, query }) {
    const { count } = statement.attributes;
    if (count !== undefined) return selects(count, statement, resource, query);
    const sources = result?.sources ?? [];
    return sources.some(
      (source) => 'resource' in source && source.resource === platform.referenceOf(resource),
    );
  },
  markdown({ statement, result }, spot, positions) {
    if (!result || spot.node.type !== 'textDirective') return [];
    // A literal that is right keeps its markup (`**six**`).
    if (statement.literal === result.text && statement.literal !== '') return unwrapped(spot);
    const text = writeText(result.text, { ...placeOfText(spot, positions), inLabel: false });
    return [{ start: spot.start, end: spot.end, text }];
  },
} as const satisfies StatementKind<FactVerdict>;

/**
 * `:fact[literal]{count="CEL" over="…"}` or `{value="CEL"}`: the literal must equal what the model says; an
 * empty one is filled in. A count may be written as a word up to twelve and is compared as a number; a list
 * is compared item by item. What counts or lists nothing says why: `empty="reason"`.
 */
function judgeFact(statement: FactStatement, context: CheckContext): FactVerdict {
  const { attributes } = statement;
  const { count, value, over } = attributes;
  const faults = unknownAttributes(statement, fact.attributes, '`:fact`');
  if ((count === undefined) === (value === undefined)) {
    const message = count
      ? '`:fact` takes `count` or `value`, not both'
      : '`:fact` needs `count="CEL"` or `value="CEL"`';
    faults.push(formFault(statement, message, { help: 'such as :fact[6]{count="kind == \'AppProject\'"}' }));
  }
  if (value && over) {
    const help = '`value` speaks of the whole model: name the list in the expression';
    faults.push(
      formFault(statement, '`over` goes with `count`, not with `value`', { place: over.namePlace, help }),
    );
  }
  if (faults.length > 0) return verdictOf(statement, 'invalid', { diagnostics: faults });
  return count ? judgeCount(statement, context) : judgeValue(statement, context);
}

function judgeCount(statement: FactStatement, context: CheckContext): FactVerdict {
  const { platform, query } = context;
  const over = subjectKind(statement);
  if (!over.ok) return invalid(statement, over.fault);
  const count = statement.attributes.count;
  if (!count) return invalid(statement);
  const selected = query.select(count.value, over.kind);
  if (!selected.ok) {
    const missing = behindError(query.reach, over.kind, count.value, selected.error);
    if (missing.length === 0) return invalid(statement, queryFault(count, 'count', selected.error));
    const unverified = unverifiedFrom(missing);
    return verdictOf(statement, 'unverified', { unverified });
  }

  const subjects = selected.value;
  const { literal } = statement;
  const sources = subjects
    .slice(0, shownSources)
    .map((subject) => subjectSource(platform, subject, 'counted'));
  const range = countRange(query.reach, over.kind, count.value, subjects);
  const { one, many } = subjectTypes[over.kind];
  const unjust = emptyAttributeFaults(statement, range.least, [one, many]);
  if (unjust.length > 0) return invalid(statement, ...unjust);
  if (subjects.length === 0 && range.parts.length === 0 && emptyReason(statement.attributes) === null)
    return invalid(
      statement,
      emptyFault(platform, query, count, over.kind, {
        about: 'fact',
        what: 'the fact speaks of nothing: `count`',
        mayBeEmpty: true,
      }),
    );
  const written = countIn(literal);
  const result = { text: literal.trim() === '' ? String(subjects.length) : literal, sources };
  const could = written === undefined ? false : range.least <= written && written <= range.most;
  if (range.parts.length > 0 && (literal.trim() === '' || could))
    return verdictOf(statement, 'unverified', { unverified: unverifiedFrom(range.parts), result });
  if (literal.trim() === '' || written === subjects.length) return verdictOf(statement, 'true', { result });
  const replacement = countLike(subjects.length, literal);
  const diagnostic = staleCount({
    statement,
    over: over.kind,
    count,
    subjects,
    written,
    replacement,
    atLeast: range.parts.length > 0,
    sources,
  });
  return verdictOf(statement, 'false', {
    diagnostics: [diagnostic],
    unverified: unverifiedFrom(range.parts),
    result: { text: replacement, sources },
  });
}

function judgeValue(statement: FactStatement, { platform, query }: CheckContext): FactVerdict {
  const attribute = statement.attributes.value;
  if (!attribute) return invalid(statement);
  const evaluated = query.value(attribute.value);
  const parts = query.reach.value(attribute.value);
  if (!evaluated.ok) {
    const { reason, candidates } = evaluated.error;
    // A list may be longer, and hold the key that is asked for; a slip of the pen stays one.
    const isOpen = reason === 'missing' || (reason === 'absent' && candidates.length === 0);
    if (parts.length === 0 || !(isOpen || query.reach.missing(attribute.value).length > 0))
      return invalid(statement, queryFault(attribute, 'value', evaluated.error));
    return verdictOf(statement, 'unverified', { unverified: unverifiedFrom(parts) });
  }

  const { literal } = statement;
  const value = evaluated.value;
  const sources = valueSources(attribute.value, platform);
  const shown = inWords(value);
  const text = literal.trim() === '' ? shown : literal;
  if (parts.length > 0) {
    const unverified = unverifiedFrom(parts);
    return verdictOf(statement, 'unverified', { unverified, result: { text, sources } });
  }
  const isList = Array.isArray(value);
  const unjust = emptyAttributeFaults(statement, isList ? value.length : 1, ['value', 'values']);
  if (unjust.length > 0) return invalid(statement, ...unjust);
  if (isList && value.length === 0 && emptyReason(statement.attributes) === null)
    return invalid(
      statement,
      rowlessFault({
        about: `fact|${attribute.value}`,
        page: attribute.place,
        message: 'the fact speaks of nothing: `value` is an empty list',
      }),
    );
  if (literal.trim() === '' || equals(literal, value))
    return verdictOf(statement, 'true', { result: { text, sources } });
  if (isList && (value.length > 1 || typeof value[0] === 'object') && isScalar(literal, value))
    return verdictOf(statement, 'false', {
      diagnostics: [
        listForOne({ statement, expression: attribute.value, items: value.map(inWords), sources }),
      ],
      result: { text: literal, sources },
    });
  const replacement = typeof value === 'number' ? countLike(value, literal) : shown;
  const diagnostic = staleValue({ statement, expression: attribute.value, shown, replacement, sources });
  return verdictOf(statement, 'false', { diagnostics: [diagnostic], result: { text: replacement, sources } });
}

function invalid(statement: FactStatement, ...diagnostics: FactVerdict['diagnostics']): FactVerdict {
  return verdictOf(statement, 'invalid', { diagnostics });
}

export interface FactStatement extends StatementBase {
  type: 'fact';
  /** The literal between the brackets; empty where it is filled in. */
  literal: string;
  /** Place of the literal. */
  literalPlace: Place;
  attributes: Attributes;
  /** What would stand at `literalPlace` for another text. */
  written(text: string): string;
}

interface FactResult {
  /** What the page should say. */
  text: string;
  /** What was counted, or where the value comes from. */
  sources: Place[];
}

type FactVerdict = VerdictBase<FactStatement, FactResult>;
