/** A text read by a layout. Source: package time (`format.go`, Parse). */

import { dayNames, monthNames } from '../../../base/index.ts';
import { quote } from '../quote.ts';
import { layoutOf } from './layout.ts';
import { type ClockFields, daysIn, type Moment, momentOf, utcZone, type Zone } from './moment.ts';

/** @throws Error in Go's words where the text does not fit the layout. */
export function parseMoment(layout: string, text: string): Moment {
  const read: Reading = { rest: text, next: '' };
  const found: Found = {};
  const parts = layoutOf(layout);
  const refused = (value: string, element: string, message?: string): Error =>
    new Error(
      message === undefined
        ? `parsing time ${quote(text)} as ${quote(layout)}: cannot parse ${quote(value)} as ${quote(element)}`
        : `parsing time ${quote(text)}${message}`,
    );
  for (const [index, { literal, element }] of parts.entries()) {
    const after = skipped(read.rest, literal);
    if (after === undefined) throw refused(read.rest, literal);
    read.rest = after;
    if (element === '') {
      if (read.rest !== '') throw refused('', '', `: extra text: ${quote(read.rest)}`);
      break;
    }
    read.next = parts[index + 1]?.literal === '' ? (parts[index + 1]?.element ?? '') : '';
    const held = read.rest;
    const outcome = readElement(element, read, found);
    if (outcome === 'bad') throw refused(held, element);
    if (outcome !== undefined) throw refused('', '', `: ${outcome} out of range`);
  }
  const fields = fieldsOf(found);
  if (fields === undefined) throw refused('', '', ': day out of range');
  return momentOf(fields, zoneOf(found));
}

/** @returns what is out of range, or that the text does not fit. */
function readElement(element: string, read: Reading, found: Found): 'bad' | Range | undefined {
  switch (element) {
    case '2006':
      return put(found, 'year', take(read, /^\d.../s), (text) => (/^\d{4}$/.test(text) ? Number(text) : NaN));
    case '06':
      return put(
        found,
        'year',
        take(read, /^\d\d/),
        (text) => Number(text) + (Number(text) >= 69 ? 1900 : 2000),
      );
    case 'January':
    case 'Jan':
      return put(found, 'month', name(read, monthNames, element === 'Jan'), Number);
    case '1':
    case '01':
      return number(read, found, 'month', element, [1, 12], 'month');
    case 'Monday':
    case 'Mon':
      return name(read, dayNames, element === 'Mon') === undefined ? 'bad' : undefined;
    case '_2':
      read.rest = read.rest.replace(/^ /, '');
      return number(read, found, 'day', '2', [0, 99], 'day');
    case '2':
    case '02':
      return number(read, found, 'day', element, [0, 99], 'day');
    case '__2':
    case '002': {
      if (element === '__2') read.rest = read.rest.replace(/^ {1,2}/, (blank) => '0'.repeat(blank.length));
      return put(found, 'yearDay', take(read, /^\d{3}/), Number);
    }
    case '15':
      return number(read, found, 'hour', element, [0, 23], 'hour');
    case '3':
    case '03':
      return number(read, found, 'hour', element, [0, 12], 'hour');
    case '4':
    case '04':
      return number(read, found, 'minute', element, [0, 59], 'minute');
    case '5':
    case '05': {
      const wrong = number(read, found, 'second', element, [0, 59], 'second');
      // A fraction may follow where the layout has none.
      if (wrong === undefined && !/^[.,]/.test(read.next)) takeFraction(read, found, /^[.,]\d+/);
      return wrong;
    }
    case 'PM':
    case 'pm': {
      const half = take(read, element === 'PM' ? /^[AP]M/ : /^[ap]m/);
      found.half = half?.toUpperCase();
      return half === undefined ? 'bad' : undefined;
    }
    case 'MST':
      found.zoneName = take(read, /^(?:UTC|ChST|MeST|GMT(?:[+-]\d{1,2})?|[+-]\d\d|[A-Z]{3,4}T?(?![A-Z]))/);
      return found.zoneName === undefined ? 'bad' : undefined;
    default:
      if (!/^[.,]/.test(element)) return readOffset(element, read, found);
      if (element.charAt(1) === '0')
        return takeFraction(read, found, new RegExp(`^[.,]\\d{${element.length - 1}}`)) ? undefined : 'bad';
      takeFraction(read, found, /^[.,]\d+/);
      return undefined;
  }
}

function readOffset(element: string, read: Reading, found: Found): 'bad' | Range | undefined {
  if (element.startsWith('Z') && read.rest.startsWith('Z')) {
    read.rest = read.rest.slice(1);
    found.offset = 0;
    return undefined;
  }
  const pattern = element.slice(1).replace(/\d\d/g, String.raw`\d\d`);
  const text = take(read, new RegExp(`^[+-]${pattern}`));
  if (text === undefined) return 'bad';
  const [hours = 0, minutes = 0, seconds = 0] = (text.slice(1).replaceAll(':', '').match(/\d\d/g) ?? []).map(
    Number,
  );
  if (hours > 24) return 'time zone offset hour';
  if (minutes > 60) return 'time zone offset minute';
  const total = (hours * 60 + minutes) * 60 + seconds;
  found.offset = text.startsWith('-') ? -total : total;
  return undefined;
}

function fieldsOf(found: Found): ClockFields | undefined {
  const year = found.year ?? 0;
  let month = found.month ?? 1;
  let day = found.day ?? 1;
  if (found.yearDay !== undefined) {
    const days = daysIn(year, 2) + 337;
    if (found.yearDay < 1 || found.yearDay > days) return undefined;
    if (found.month === undefined && found.day === undefined) {
      month = 1;
      for (day = found.yearDay; day > daysIn(year, month); month += 1) day -= daysIn(year, month);
    }
  }
  if (day < 1 || day > daysIn(year, month)) return undefined;
  let hour = found.hour ?? 0;
  if (found.half === 'PM' && hour < 12) hour += 12;
  if (found.half === 'AM' && hour === 12) hour = 0;
  const { minute = 0, second = 0, nanosecond = 0 } = found;
  return { year, month, day, hour, minute, second, nanosecond };
}

/** Where only a name is given that is not UTC's, nobody knows its offset: Go takes zero. */
function zoneOf({ offset, zoneName }: Found): Zone {
  if (offset !== undefined)
    return offset === 0 && (zoneName ?? 'UTC') === 'UTC' ? utcZone : { name: zoneName ?? '', offset };
  if (zoneName === undefined || zoneName === 'UTC') return utcZone;
  const hours = /^GMT([+-]\d+)$/.exec(zoneName)?.[1];
  return { name: zoneName, offset: Number(hours ?? 0) * 3600 };
}

function put(
  found: Found,
  field: Field,
  text: string | undefined,
  read: (text: string) => number,
): 'bad' | undefined {
  const value = text === undefined ? Number.NaN : read(text);
  if (Number.isNaN(value)) return 'bad';
  found[field] = value;
  return undefined;
}

/** One or two digits; two where the element itself has a zero before it. */
function number(
  read: Reading,
  found: Found,
  field: Field,
  element: string,
  [least, most]: [number, number],
  range: Range,
): 'bad' | Range | undefined {
  const text = take(read, element.length === 2 && element !== '15' ? /^\d\d/ : /^\d\d?/);
  if (text === undefined) return 'bad';
  found[field] = Number(text);
  return Number(text) < least || Number(text) > most ? range : undefined;
}

/** The number of a name, from 1, as a text. */
function name(read: Reading, names: readonly string[], isShort: boolean): string | undefined {
  const wanted = names.map((one) => (isShort ? one.slice(0, 3) : one));
  const index = wanted.findIndex((one) => read.rest.toLowerCase().startsWith(one.toLowerCase()));
  const text = wanted[index];
  if (text === undefined) return undefined;
  read.rest = read.rest.slice(text.length);
  return String(index + 1);
}

function takeFraction(read: Reading, found: Found, pattern: RegExp): boolean {
  const text = take(read, pattern);
  if (text !== undefined) found.nanosecond = Number(text.slice(1, 10).padEnd(9, '0'));
  return text !== undefined;
}

function take(read: Reading, pattern: RegExp): string | undefined {
  const text = pattern.exec(read.rest)?.[0];
  if (text !== undefined) read.rest = read.rest.slice(text.length);
  return text;
}

/** What is left behind a text that stands for itself; blanks of it match any number of them. */
function skipped(text: string, literal: string): string | undefined {
  let rest = text;
  for (const part of literal.match(/ +|[^ ]/g) ?? []) {
    if (part.startsWith(' ')) {
      if (rest !== '' && !rest.startsWith(' ')) return undefined;
      rest = rest.replace(/^ +/, '');
    } else if (rest.startsWith(part)) rest = rest.slice(part.length);
    else return undefined;
  }
  return rest;
}

type Range =
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'time zone offset hour'
  | 'time zone offset minute';
type Field = keyof ClockFields | 'yearDay';
type Found = Partial<Record<Field, number>> & {
  half?: string | undefined;
  offset?: number;
  zoneName?: string | undefined;
};
interface Reading {
  rest: string;
  /** The element that follows at once. */
  next: string;
}
