/** The functions of text/template itself. `and` and `or` stop early and are the evaluator's. */
import { byName } from '../../base/index.ts';
import { equal, less } from '../go/compare.ts';
import { NilPointerError } from '../go/errors.ts';
import { type FunctionTable, fn, variadic } from '../go/functions.ts';
import { print, printAll } from '../go/print.ts';
import { printf } from '../go/printf.ts';
import { type GoValue, int, isInt, isNil, isStringMap, truth, typeName } from '../go/values.ts';

export const builtins: FunctionTable = {
  and: variadic(
    ['any'],
    'any',
    (first, ...rest) => [first, ...rest].find((value) => !truth(value)) ?? rest.at(-1) ?? first,
  ),
  or: variadic(['any'], 'any', (first, ...rest) => [first, ...rest].find(truth) ?? rest.at(-1) ?? first),
  not: fn(['any'], (value) => !truth(value)),
  eq: variadic(['any'], 'any', (first, ...rest) => equal(first, rest)),
  ne: fn(['any', 'any'], (a, b) => !equal(a, [b])),
  lt: fn(['any', 'any'], less),
  le: fn(['any', 'any'], (a, b) => less(a, b) || equal(a, [b])),
  gt: fn(['any', 'any'], (a, b) => !less(a, b) && !equal(a, [b])),
  ge: fn(['any', 'any'], (a, b) => !less(a, b)),
  len: fn(['any'], (value) => {
    if (typeof value === 'string') return int(Buffer.byteLength(value));
    if (Array.isArray(value)) return int(value.length);
    if (value instanceof Map) return int(value.size);
    if (isNil(value)) throw new NilPointerError('len of nil pointer');
    throw new Error(`len of type ${typeName(value)}`);
  }),
  index: variadic(['any'], 'any', index),
  call: variadic(['any'], 'any', (value) => {
    throw new Error(isNil(value) ? 'call of nil' : `non-function ${print(value)} of type ${typeName(value)}`);
  }),
  print: variadic([], 'any', (...values) => printAll(values)),
  println: variadic([], 'any', (...values) => `${values.map((value) => print(value)).join(' ')}\n`),
  printf: variadic(['string'], 'any', (format, ...values) => printf(format, values)),
  html: variadic([], 'any', (...values) =>
    joined(values).replace(/[&<>"'\0]/g, (character) => entities[character] ?? character),
  ),
  urlquery: variadic([], 'any', (...values) => queryEscape(joined(values))),
  js: variadic([], 'any', (...values) =>
    joined(values).replace(/[\\'"<>&=\p{Cc}\u2028\u2029]/gu, (character) => {
      const simple = /[\\'"]/.test(character) ? `\\${character}` : undefined;
      return simple ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    }),
  ),
};

function index(value: GoValue, ...keys: GoValue[]): GoValue {
  let current = value;
  for (const [depth, key] of keys.entries()) {
    if (isNil(current))
      throw depth === 0 ? new Error('index of untyped nil') : new NilPointerError('index of nil pointer');
    if (current instanceof Map) {
      if (typeof key !== 'string')
        throw new Error(
          isNil(key)
            ? 'value is nil; should be of type string'
            : `value has type ${typeName(key)}; should be string`,
        );
      current = current.has(key) ? current.get(key) : isStringMap(current) ? '' : null;
    } else if (Array.isArray(current) || typeof current === 'string') {
      if (!isInt(key))
        throw new Error(
          isNil(key)
            ? 'cannot index slice/array with nil'
            : `cannot index slice/array with type ${typeName(key)}`,
        );
      const items: readonly GoValue[] = typeof current === 'string' ? bytes(current) : current;
      if (key.int < 0n || key.int >= BigInt(items.length)) throw new Error(`index out of range: ${key.int}`);
      current = items[Number(key.int)];
    } else throw new Error(`can't index item of type ${typeName(current)}`);
  }
  return current;
}

const bytes = (text: string): GoValue[] => [...Buffer.from(text)].map((byte) => int(byte));

function joined(values: GoValue[]): string {
  const [only] = values;
  return values.length === 1 && typeof only === 'string' ? only : printAll(values);
}

/** `url.QueryEscape`. */
function queryEscape(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

const entities: Record<string, string | undefined> = byName({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
  '\0': '\uFFFD',
});
