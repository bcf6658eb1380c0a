/** sprig's defaults, types and failures. */
import { type FunctionTable, fn, variadic } from '../go/functions.ts';
import { deepEqual, type GoValue, truth, typeName } from '../go/values.ts';
import { kindName } from './convert.ts';

export const logic: FunctionTable = {
  default: variadic(['any'], 'any', (fallback, ...given) =>
    given.length === 0 || !truth(given[0]) ? fallback : given[0],
  ),
  empty: fn(['any'], (value) => !truth(value)),
  coalesce: variadic([], 'any', (...values) => values.find(truth) ?? null),
  all: variadic([], 'any', (...values) => values.every(truth)),
  any: variadic([], 'any', (...values) => values.some(truth)),
  ternary: fn(['any', 'any', 'bool'], (yes, no, condition) => (condition ? yes : no)),
  fail: fn(['string'], (message) => {
    throw new Error(message);
  }),
  hello: fn([], () => 'Hello!'),
  typeOf: fn(['any'], typeName),
  typeIs: fn(['string', 'any'], (name, value) => name === typeName(value)),
  typeIsLike: fn(
    ['string', 'any'],
    (name, value) => name === typeName(value) || `*${name}` === typeName(value),
  ),
  kindOf: fn(['any'], kindName),
  kindIs: fn(['string', 'any'], (name: string, value: GoValue) => name === kindName(value)),
  deepEqual: fn(['any', 'any'], (a, b) => deepEqual(a, b)),
};
