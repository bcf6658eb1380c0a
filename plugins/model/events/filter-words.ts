/** The filters of a dependency, as a part of a sentence. */
import {
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  type Said,
  textAt,
  textsAt,
} from '../../base/index.ts';
import { contextKeys } from './filters/filter-event.ts';
import { joined, said } from './phrases.ts';

/** Null where it has none. */
export function filterWords(dependency: JsonValue): Said | string | null {
  const filters = objectAt(dependency, 'filters');
  const data = listAt(filters, 'data');
  const kinds = [
    group(listAt(filters, 'exprs').map(expressionWords), textAt(filters, 'exprLogicalOperator')),
    group(
      data.map((one) => dataWords(one, data)),
      textAt(filters, 'dataLogicalOperator'),
    ),
    group(contextWords(objectAt(filters, 'context')), 'and'),
    isObject(filters.time) ? timeWords(filters.time) : null,
    (textAt(filters, 'script') ?? '') === '' ? null : said('filter.script'),
  ].filter((one) => one !== null);
  return group(kinds, textAt(dependency, 'filtersLogicalOperator'));
}

function group(parts: readonly (Said | string)[], operator: string | undefined): Said | string | null {
  const [only] = parts;
  if (only === undefined) return null;
  if (parts.length === 1) return only;
  return operator === 'or'
    ? said('route.in', { what: joined(parts, 'route.or') })
    : joined(parts, 'route.and');
}

/** A path by its last name, where no other of them ends so. */
function nameOf(path: string, all: readonly string[]): string {
  const last = lastName(path);
  const alike = all.filter((one) => one !== path && lastName(one) === last);
  return /^[A-Za-z][\w-]*$/.test(last) && alike.length === 0 ? last : path;
}

function lastName(path: string): string {
  return path.split('.').at(-1) ?? path;
}

function dataWords(filter: JsonValue, all: readonly JsonValue[]): Said | string {
  const paths = all.map((one) => textAt(one, 'path') ?? '');
  const name = nameOf(textAt(filter, 'path') ?? '', paths);
  const comparator = textAt(filter, 'comparator') ?? '';
  const type = textAt(filter, 'type') ?? '';
  const words = textsAt(filter, 'value').map((value): Said => {
    if (type === 'number' && !['', '=', '!='].includes(comparator))
      return said('filter.compares', { name, comparator, value });
    const isNot = comparator === '!=';
    const plain = type === 'string' ? plainText(value) : value;
    if (plain !== null) return said(isNot ? 'filter.isNot' : 'filter.is', { name, value: plain });
    return said(isNot ? 'filter.matchesNot' : 'filter.matches', { name, value });
  });
  // All of one value's kind are said with the name once.
  const keys = new Set(words.map(({ key }) => key));
  const [first] = words;
  if (first === undefined) return '';
  if (keys.size > 1 || comparator === '!=')
    return words.length === 1 ? first : said('route.in', { what: joined(words, 'route.or') });
  const value = joined(
    words.map((one) => one.values?.value as string),
    'route.or',
  );
  return { ...first, values: { ...first.values, value } };
}

/** A pattern that is a text but for its ends; null for one that says more. */
function plainText(pattern: string): string | null {
  const inner = pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/\\([./-])/g, '$1');
  return /[\\^$*+?()[\]{}|]/.test(inner) ? null : inner;
}

function expressionWords(filter: JsonValue): Said {
  const expression = textAt(filter, 'expr') ?? '';
  const fields = listAt(filter, 'fields').flatMap((field) => {
    const [name, path] = [textAt(field, 'name') ?? '', textAt(field, 'path') ?? ''];
    return name === path || lastName(path) === name ? [] : [`${name} = ${path}`];
  });
  return fields.length === 0
    ? said('filter.holds', { expression })
    : said('filter.where', { expression, fields: fields.join(', ') });
}

function contextWords(context: JsonObject): Said[] {
  return contextKeys.flatMap((name) => {
    const value = textAt(context, name) ?? '';
    return value === '' ? [] : [said('filter.is', { name, value })];
  });
}

function timeWords(time: JsonObject): Said {
  const [start, stop] = [textAt(time, 'start') ?? '', textAt(time, 'stop') ?? ''];
  return said('filter.from', { start, stop, zone: textAt(time, 'timezone') || 'UTC' });
}
