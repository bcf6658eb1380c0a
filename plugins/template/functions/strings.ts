/** sprig's functions for texts. Lengths are bytes where Go's are. */
import { compareBytes } from '../../base/index.ts';
import { tooMuch } from '../go/errors.ts';
import { type FunctionTable, fn, variadic } from '../go/functions.ts';
import { print } from '../go/print.ts';
import { quote } from '../go/quote.ts';
import { asStringMap, type GoMap, type GoValue, isNil } from '../go/values.ts';
import { toText, toTexts } from './convert.ts';
import {
  camelcase,
  initials,
  kebabcase,
  lower,
  snakecase,
  swapcase,
  title,
  untitle,
  upper,
  wrap,
} from './words.ts';

export const strings: FunctionTable = {
  upper: fn(['string'], upper),
  lower: fn(['string'], lower),
  title: fn(['string'], title),
  untitle: fn(['string'], untitle),
  swapcase: fn(['string'], swapcase),
  camelcase: fn(['string'], camelcase),
  snakecase: fn(['string'], snakecase),
  kebabcase: fn(['string'], kebabcase),
  initials: fn(['string'], initials),
  trim: fn(['string'], trimSpace),
  trimAll: fn(['string', 'string'], trimSet),
  trimall: fn(['string', 'string'], trimSet),
  trimPrefix: fn(['string', 'string'], (prefix, text) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimSuffix: fn(['string', 'string'], (suffix, text) =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  nospace: fn(['string'], (text) => text.replace(/\s/g, '')),
  contains: fn(['string', 'string'], (part, text) => text.includes(part)),
  hasPrefix: fn(['string', 'string'], (prefix, text) => text.startsWith(prefix)),
  hasSuffix: fn(['string', 'string'], (suffix, text) => text.endsWith(suffix)),
  replace: fn(['string', 'string', 'string'], (old, replacement, text) => replaceAll(old, replacement, text)),
  repeat: fn(['int', 'string'], (count, text) => {
    if (count < 0) throw new Error('strings: negative Repeat count');
    if (count * text.length > maximumLength) throw tooMuch('makes a text that is too long');
    return text.repeat(count);
  }),
  trunc: fn(['int', 'string'], (count, text) => {
    const bytes = Buffer.from(text);
    if (count < 0 && bytes.length + count > 0) return bytes.subarray(bytes.length + count).toString();
    return count >= 0 && bytes.length > count ? bytes.subarray(0, count).toString() : text;
  }),
  substr: fn(['int', 'int', 'string'], (start, end, text) => {
    const bytes = Buffer.from(text);
    if (start < 0) return slice(bytes, 0, end);
    return slice(bytes, start, end < 0 || end > bytes.length ? bytes.length : end);
  }),
  abbrev: fn(['int', 'string'], (width, text) => abbreviate(0, width, text)),
  abbrevboth: fn(['int', 'int', 'string'], abbreviate),
  indent: fn(['int', 'string'], indent),
  nindent: fn(['int', 'string'], (count, text) => `\n${indent(count, text)}`),
  wrap: fn(['int', 'string'], (width, text) => wrap(text, width, '\n', false)),
  wrapWith: fn(['int', 'string', 'string'], (width, separator, text) => wrap(text, width, separator, true)),
  plural: fn(['string', 'string', 'int'], (one, many, count) => (count === 1 ? one : many)),
  quote: variadic([], 'any', (...values) => each(values, (value) => quote(toText(value)))),
  squote: variadic([], 'any', (...values) => each(values, (value) => `'${print(value)}'`)),
  cat: variadic([], 'any', (...values) => trimSpace(each(values, print))),
  join: fn(['string', 'any'], (separator, value) => toTexts(value).join(separator)),
  /** What is no list is its only member, nil as it prints. */
  sortAlpha: fn(['any'], (value) => (isNil(value) ? [toText(value)] : toTexts(value).sort(compareBytes))),
  splitList: fn(['string', 'string'], split),
  split: fn(['string', 'string'], (separator, text) => numbered(split(separator, text))),
  splitn: fn(['string', 'int', 'string'], (separator, count, text) =>
    numbered(splitN(separator, count, text)),
  ),
  toString: fn(['any'], toText),
  toStrings: fn(['any'], toTexts),
};

/** The parts, at most `count` of them, the last with all that is left. */
function splitN(separator: string, count: number, text: string): string[] {
  const parts = split(separator, text);
  if (count < 0 || parts.length <= count) return parts;
  if (count === 0) return [];
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
}

function split(separator: string, text: string): string[] {
  return separator === '' ? [...text] : text.split(separator);
}

function numbered(parts: string[]): GoMap {
  return asStringMap(new Map(parts.map((part, index): [string, GoValue] => [`_${index}`, part])));
}

function each(values: GoValue[], write: (value: GoValue) => string): string {
  return values
    .filter((value) => !isNil(value))
    .map(write)
    .join(' ');
}

function indent(count: number, text: string): string {
  if (count < 0) throw new Error('strings: negative Repeat count');
  if (count > 1000) throw tooMuch('indents too far');
  const space = ' '.repeat(count);
  if (text.split('\n').length * count > maximumLength) throw tooMuch('makes a text that is too long');
  return space + text.replaceAll('\n', `\n${space}`);
}

function abbreviate(offset: number, width: number, text: string): string {
  if (width < 4 || (offset > 0 && width < 7) || text.length <= width) return text;
  const start =
    offset > text.length
      ? text.length
      : text.length - offset < width - 3
        ? text.length - (width - 3)
        : offset;
  if (start <= 4) return `${text.slice(0, width - 3)}...`;
  if (start + width - 3 < text.length) return `...${abbreviate(0, width - 3, text.slice(start))}`;
  return `...${text.slice(text.length - (width - 3))}`;
}

function slice(bytes: Buffer, start: number, end: number): string {
  if (end < start || end > bytes.length)
    throw new Error(`runtime error: slice bounds out of range [${start}:${end}]`);
  return bytes.subarray(start, end).toString();
}

function trimSpace(text: string): string {
  return text.replace(/^[\s\u0085]+/, '').trimEnd();
}

function trimSet(set: string, text: string): string {
  const characters = [...text];
  let start = 0;
  let end = characters.length;
  while (start < end && set.includes(characters[start] ?? '')) start += 1;
  while (end > start && set.includes(characters[end - 1] ?? '')) end -= 1;
  return characters.slice(start, end).join('');
}

function replaceAll(old: string, replacement: string, text: string): string {
  if ((text.length + 1) * (replacement.length + 1) > 100 * maximumLength)
    throw tooMuch('makes a text that is too long');
  return text.replaceAll(old, () => replacement);
}

const maximumLength = 1_000_000;
