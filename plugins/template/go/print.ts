/** Values as Go prints them by default: `%v`. Source: package fmt's documentation. */
import { spend } from './budget.ts';
import { shortest } from './floats.ts';
import { type GoValue, isInt, isNil, isStruct, maximumDepth, sortedEntries } from './values.ts';

/** `%v`. */
export function print(value: GoValue, depth = 0): string {
  spend();
  if (depth > maximumDepth) return '…';
  if (isNil(value)) return '<nil>';
  if (typeof value === 'number') return shortest(value);
  if (isInt(value)) return value.int.toString();
  if (isStruct(value)) return value.text;
  if (Array.isArray(value)) return `[${value.map((item) => print(item, depth + 1)).join(' ')}]`;
  if (value instanceof Map)
    return `map[${sortedEntries(value)
      .map(([key, inner]) => `${key}:${print(inner, depth + 1)}`)
      .join(' ')}]`;
  return String(value);
}

/** `Sprint`: a space between two operands where neither is a text. */
export function printAll(values: GoValue[]): string {
  let text = '';
  for (const [index, value] of values.entries()) {
    if (index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string') text += ' ';
    text += print(value);
  }
  return text;
}
