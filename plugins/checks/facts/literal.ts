import type { JsonValue } from '../../base/index.ts';
import { countIn } from '../count-words.ts';

/** Whether a page says a value as it is: numbers in words or digits, lists item by item. */
export function equals(literal: string, value: JsonValue): boolean {
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
export function isScalar(literal: string, list: JsonValue[]): boolean {
  const items = list.map(inWords);
  const text = literal.trim();
  return !items.includes(text) && (countIn(text) !== undefined || !/,|\sand\s/.test(text));
}

/** A value as a page says it. */
export function inWords(value: JsonValue): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
