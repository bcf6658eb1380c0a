/** `'%s'.format([…])`. Source: `ext/formatting.go` of cel-go. */
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import type { Meter } from '../../environment.ts';
import { entriesOf } from '../values.ts';
import { refused } from './library.ts';

export function formatText(text: string, values: unknown[], meter: Meter): string {
  let at = 0;
  let length = 0;
  return text.replace(
    /%(?:(%)|(?:\.(\d{1,3}))?([\s\S])?)/g,
    (_, percent: string | undefined, places: string | undefined, verb: string | undefined) => {
      if (percent !== undefined) return '%';
      if (at >= values.length) throw refused(`index ${at} out of range`);
      const value = values[at];
      at += 1;
      const shown = one(verb ?? '', value, places === undefined ? 6 : Number(places));
      length += shown.length;
      meter.spend(shown.length >> 6, length);
      return shown;
    },
  );
}

function one(verb: string, value: unknown, places: number): string {
  const number = value instanceof UnsignedInt ? value.valueOf() : value;
  switch (verb) {
    case 's':
      return shown(value);
    case 'd':
      if (typeof number === 'bigint') return number.toString();
      if (typeof number === 'number' && !Number.isFinite(number)) return shown(number);
      throw wrong('decimal', 'integers', value);
    case 'f':
      if (typeof number === 'number' || typeof number === 'bigint') return fixed(Number(number), places);
      throw wrong('fixed-point', 'doubles', value);
    case 'e':
      if (typeof number === 'number' || typeof number === 'bigint')
        return Number(number)
          .toExponential(places)
          .replace(/e([+-])(\d)$/, 'e$10$2');
      throw wrong('scientific', 'doubles', value);
    case 'b':
      if (typeof number === 'boolean') return number ? '1' : '0';
      if (typeof number === 'bigint') return number.toString(2);
      throw wrong('binary', 'integers and bools', value);
    case 'o':
      if (typeof number === 'bigint') return number.toString(8);
      throw wrong('octal', 'integers', value);
    case 'x':
    case 'X': {
      const hex = hexOf(number);
      return verb === 'x' ? hex : hex.toUpperCase();
    }
    default:
      throw refused(`unrecognized formatting clause "${verb}"`);
  }
}

function fixed(value: number, places: number): string {
  return Number.isFinite(value) ? value.toFixed(Math.min(places, 100)) : shown(value);
}

function hexOf(value: unknown): string {
  if (typeof value === 'bigint') return value.toString(16);
  if (typeof value === 'string') return Buffer.from(value).toString('hex');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  throw wrong('hex', 'integers, bytes and strings', value);
}

function shown(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? String(value)
      : Number.isNaN(value)
        ? 'NaN'
        : value > 0
          ? 'Infinity'
          : '-Infinity';
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (value instanceof Date) return value.toISOString().replace(/\.?0*Z$/, 'Z');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Duration || value instanceof UnsignedInt) return value.toString();
  if (typeof value === 'object')
    return `{${entriesOf(value)
      .map(([key, inner]) => `${shown(key)}: ${shown(inner)}`)
      .sort()
      .join(', ')}}`;
  return String(value);
}

function wrong(clause: string, types: string, value: unknown) {
  return refused(`${clause} clause can only be used on ${types}, was given ${typeof value}`);
}
