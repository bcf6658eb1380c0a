import { byName, type JsonValue, oncePer } from '../../base/index.ts';
import { type Attributes, labelText, placeOfText, writeText } from '../../markdown/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { readExpression, subjectTypes, yamlPath } from '../../query/index.ts';
import type { DiagnosticSource, Place } from '../../source/index.ts';
import { unverifiedFrom } from '../../views/index.ts';
import { subjectKind, unknownAttributes } from '../attribute-checks.ts';
import { countIn, countLike } from '../count-words.ts';
import { emptyAttribute, emptyAttributeFaults, emptyReason } from '../emptiness.ts';
import { emptyFault, rowlessFault } from '../rules/pages/claim-empty.ts';
import { formFault } from '../rules/pages/directive-invalid.ts';
import { listForOne, staleCount, staleValue } from '../rules/pages/fact-stale.ts';
import { queryFault } from '../rules/pages/query-invalid.ts';
import { selects } from '../selects.ts';
import type { StatementKind } from '../statement-kind.ts';
import { shownSources, sourceOf, subjectSource } from '../subjects.ts';
import type { CheckContext, StatementBase } from '../types.ts';
import { behindError, countRange } from '../unread.ts';
import { unwrapped } from '../unwrapped.ts';
import type { VerdictBase } from '../verdict.ts';
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
  if (faults.length > 0)
    return { statement, outcome: 'invalid', diagnostics: faults, unverified: [], result: null };
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
    return { statement, outcome: 'unverified', diagnostics: [], unverified, result: null };
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
    return {
      statement,
      outcome: 'unverified',
      diagnostics: [],
      unverified: unverifiedFrom(range.parts),
      result,
    };
  if (literal.trim() === '' || written === subjects.length)
    return { statement, outcome: 'true', diagnostics: [], unverified: [], result };
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
  return {
    statement,
    outcome: 'false',
    diagnostics: [diagnostic],
    unverified: unverifiedFrom(range.parts),
    result: { text: replacement, sources },
  };
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
    return {
      statement,
      outcome: 'unverified',
      diagnostics: [],
      unverified: unverifiedFrom(parts),
      result: null,
    };
  }

  const { literal } = statement;
  const value = evaluated.value;
  const sources = namedIn(attribute.value, platform).map((resource) =>
    valueSource(platform, resource, attribute.value),
  );
  const shown = inWords(value);
  const text = literal.trim() === '' ? shown : literal;
  if (parts.length > 0) {
    const unverified = unverifiedFrom(parts);
    return { statement, outcome: 'unverified', diagnostics: [], unverified, result: { text, sources } };
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
    return { statement, outcome: 'true', diagnostics: [], unverified: [], result: { text, sources } };
  if (isList && (value.length > 1 || typeof value[0] === 'object') && isScalar(literal, value))
    return {
      statement,
      outcome: 'false',
      diagnostics: [
        listForOne({ statement, expression: attribute.value, items: value.map(inWords), sources }),
      ],
      unverified: [],
      result: { text: literal, sources },
    };
  const replacement = typeof value === 'number' ? countLike(value, literal) : shown;
  const diagnostic = staleValue({ statement, expression: attribute.value, shown, replacement, sources });
  return {
    statement,
    outcome: 'false',
    diagnostics: [diagnostic],
    unverified: [],
    result: { text: replacement, sources },
  };
}

function invalid(statement: FactStatement, ...diagnostics: FactVerdict['diagnostics']): FactVerdict {
  return { statement, outcome: 'invalid', diagnostics, unverified: [], result: null };
}

function equals(literal: string, value: JsonValue): boolean {
  const text = literal.trim();
  if (typeof value === 'number') return countIn(text) === value || Number(text) === value;
  if (typeof value === 'boolean')
    return (
      ['true', 'yes', 'on'].includes(text.toLowerCase()) === value &&
      /^(true|false|yes|no|on|off)$/i.test(text)
    );
  if (Array.isArray(value)) {
    // An item may hold a comma itself.
    if (text === inWords(value).trim()) return true;
    const items = text.split(/\s*,\s*(?:and\s+)?|\s+and\s+/).filter((item) => item !== '');
    return (
      items.length === value.length && items.every((item, index) => item === inWords(value[index] ?? null))
    );
  }
  return text === inWords(value).trim();
}

/** Whether a literal is meant for one value: it is a number, or one text that is no item of the list. */
function isScalar(literal: string, list: JsonValue[]): boolean {
  const items = list.map(inWords);
  const text = literal.trim();
  return !items.includes(text) && (countIn(text) !== undefined || !/,|\sand\s/.test(text));
}

function inWords(value: JsonValue): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Resources whose names stand as texts in an expression: the best that can be said of where a value comes
 * from.
 */
function namedIn(expression: string, platform: Platform): Resource[] {
  const { calls, texts } = readExpression(expression);
  const kind = calls.map(({ name }) => kindOf[name]).find((found) => found !== undefined);
  // A resource has several references: the short and the long one, and its id.
  const places = placesOf(platform);
  const named = new Set(
    texts.flatMap((text) => {
      const found = text.includes('/') ? platform.resolveReference(text) : null;
      const whole = found?.ok ? places.byResource.get(found.resource) : undefined;
      return [...(whole === undefined ? [] : [whole]), ...(places.byName.get(text) ?? [])];
    }),
  );
  return [...named]
    .sort((a, b) => a - b)
    .flatMap((place) => platform.model.resources[place] ?? [])
    .filter((resource) => kind === undefined || resource.kind === kind)
    .slice(0, 3);
}

/** Where in the model's order resources are. */
const placesOf = oncePer(({ model }: Platform) => {
  const byName = new Map<string, number[]>();
  for (const [place, { name }] of model.resources.entries()) {
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [place]);
    else same.push(place);
  }
  return { byName, byResource: new Map(model.resources.map((resource, place) => [resource, place])) };
});

function valueSource(platform: Platform, resource: Resource, expression: string): DiagnosticSource {
  const kind =
    ({ Application: 'application', AppProject: 'project' } as const)[resource.kind as 'Application'] ??
    'resource';
  const asked = readExpression(expression).calls.find(({ path }) => path.length > 0)?.path;
  const path = asked ? yamlPath(kind, asked) : null;
  return sourceOf(platform, resource, 'declared here', path ?? undefined);
}

/** Kinds of what the look-ups of one kind give. */
const kindOf: Record<string, string | undefined> = byName({
  application: 'Application',
  project: 'AppProject',
  applicationset: 'ApplicationSet',
});

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
