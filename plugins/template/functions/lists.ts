/** sprig's functions for lists. */
import { tooMuch } from '../go/errors.ts';
import { type FunctionTable, fn, variadic } from '../go/functions.ts';
import { deepEqual, type GoValue, int, isNil, truth } from '../go/values.ts';
import { kindName, listOf, toInt64 } from './convert.ts';

export const lists: FunctionTable = {
  list: variadic([], 'any', (...values) => values),
  tuple: variadic([], 'any', (...values) => values),
  ...both(
    'first',
    fn(['any'], (value) => ends(value, 'first')[0]),
  ),
  ...both(
    'last',
    fn(['any'], (value) => ends(value, 'last').at(-1)),
  ),
  ...both(
    'rest',
    fn(['any'], (value) => ends(value, 'rest').slice(1)),
  ),
  ...both(
    'initial',
    fn(['any'], (value) => ends(value, 'initial').slice(0, -1)),
  ),
  ...both(
    'append',
    fn(['any', 'any'], (value, item) => [...listOf(value, 'push'), item]),
  ),
  ...both(
    'push',
    fn(['any', 'any'], (value, item) => [...listOf(value, 'push'), item]),
  ),
  ...both(
    'prepend',
    fn(['any', 'any'], (value, item) => [item, ...listOf(value, 'prepend')]),
  ),
  concat: variadic([], 'any', (...values) =>
    values.flatMap((value) => {
      if (Array.isArray(value)) return value;
      throw new Error(`Cannot concat type ${kindName(value)} as list`);
    }),
  ),
  ...both(
    'reverse',
    fn(['any'], (value) => listOf(value, 'find reverse').toReversed()),
  ),
  ...both(
    'uniq',
    fn(['any'], (value) => unique(listOf(value, 'find uniq'))),
  ),
  ...both(
    'compact',
    fn(['any'], (value) => listOf(value, 'compact').filter(truth)),
  ),
  ...both(
    'without',
    variadic(['any'], 'any', (value, ...omitted) =>
      listOf(value, 'find without').filter((item) => !omitted.some((other) => deepEqual(item, other))),
    ),
  ),
  ...both(
    'has',
    fn(
      ['any', 'any'],
      (needle, value) => !isNil(value) && listOf(value, 'find has').some((item) => deepEqual(item, needle)),
    ),
  ),
  ...both(
    'slice',
    variadic(['any'], 'any', (value, ...bounds) => {
      if (!Array.isArray(value))
        throw new Error(`list should be type of slice or array but ${kindName(value)}`);
      if (value.length === 0) return null;
      const start = bounds[0] === undefined ? 0 : Number(toInt64(bounds[0]));
      const end = bounds[1] === undefined ? value.length : Number(toInt64(bounds[1]));
      if (start < 0 || end > value.length || start > end)
        throw new Error('reflect.Value.Slice: slice index out of bounds');
      return value.slice(start, end);
    }),
  ),
  ...both(
    'chunk',
    fn(['int', 'any'], (size, value) => {
      const items = listOf(value, 'chunk type');
      if (size < 1) throw new Error('runtime error: makeslice: len out of range');
      return Array.from({ length: Math.ceil(items.length / size) }, (_none, index) =>
        items.slice(index * size, (index + 1) * size),
      );
    }),
  ),
  until: fn(['int'], (count) => steps(0, count, count < 0 ? -1 : 1)),
  untilStep: fn(['int', 'int', 'int'], steps),
  seq: variadic([], 'int', (...values) => {
    const [first = 0, second, third] = values;
    if (values.length === 0 || values.length > 3) return '';
    const [start, step, end] =
      third !== undefined
        ? [first, second ?? 1, third]
        : second !== undefined
          ? [first, first > second ? -1 : 1, second]
          : [1, first < 1 ? -1 : 1, first];
    if (step === 0 || end < start !== step < 0) return start === end ? String(start) : '';
    return steps(start, end + Math.sign(step), step)
      .map((value) => String((value as { int: bigint }).int))
      .join(' ');
  }),
};

/** A function and its `must` form, which differ only in how they report an error to Go. */
function both(name: string, definition: FunctionTable[string]): FunctionTable {
  return { [name]: definition, [`must${name[0]?.toUpperCase()}${name.slice(1)}`]: definition };
}

function ends(value: GoValue, what: string): GoValue[] {
  return listOf(value, `find ${what}`);
}

function unique(items: GoValue[]): GoValue[] {
  const kept: GoValue[] = [];
  for (const item of items) if (!kept.some((other) => deepEqual(item, other))) kept.push(item);
  return kept;
}

function steps(start: number, stop: number, step: number): GoValue[] {
  if (step === 0 || stop < start !== step < 0) return [];
  const length = Math.ceil((stop - start) / step);
  if (length > maximumLength) throw tooMuch('makes a list that is too long');
  return Array.from({ length }, (_none, index) => int(start + index * step));
}

const maximumLength = 100_000;
