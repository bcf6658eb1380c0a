import { remark } from 'remark';
import remarkDirective from 'remark-directive';
import {
  type AttributeParts,
  type DirectiveParts,
  remarkDirectivePlaces,
  shifted,
} from './directive-places.ts';

/**
 * A directive in text that is none to the page's parser, read by the same parser as if it stood alone in a
 * sentence: how far it goes, and why no further. A label or attributes that do not parse are left out.
 */
export function readDirective(
  text: string,
  start: number,
): DirectiveParts & { colons: number; fault: DirectiveFault | null } {
  const colons = /^:*/.exec(text.slice(start, start + 8))?.[0].length ?? 0;
  const limit = paragraphEnd(text, start);
  const from = start + colons - 1;
  const parts = partsOf(text.slice(from, limit));
  const read = parts ? shifted(parts, from) : { label: null, attributes: null, end: start + colons };
  return { ...read, colons, fault: faultBehind(text, read, limit) };
}

/**
 * Why the label or the attributes that begin behind a directive are not of it; null where none begin there.
 */
export function faultBehind(
  text: string,
  { label, attributes, end }: DirectiveParts,
  limit: number = paragraphEnd(text, end),
): DirectiveFault | null {
  if (!label && !attributes && text[end] === '[') return { message: 'the `[` is never closed' };
  if (attributes || text[end] !== '{') return null;
  return attributeFault(text, end + 1, limit, '}');
}

/** Attributes that stand elsewhere than behind a directive: on the first line of a fence, in a comment. */
export function readAttributes(text: string, start: number, end: number): ReadAttributes {
  const before = ':x{';
  const read = (to: number): AttributeParts[] | null => {
    const parts = partsOf(`${before}${text.slice(start, to)}}`);
    return parts && parts.end === before.length + to - start + 1
      ? shifted(parts, start - before.length).attributes
      : null;
  };
  const attributes = read(end);
  if (attributes) return { attributes, fault: null };
  const fault = attributeFault(text, start, end, '') ?? {
    message: 'they do not parse',
    from: start,
    at: start,
  };
  return { attributes: read(fault.from) ?? [], fault };
}

/** The directive that a text begins with. */
function partsOf(text: string): DirectiveParts | null {
  return alone.parse(text).data?.directives?.get(0) ?? null;
}

/**
 * What is wrong with attributes, the first thing of it; null where nothing is seen. By hand, as micromark
 * only says that it cannot take them: it tries, fails, and goes on with plain text.
 */
function attributeFault(text: string, start: number, limit: number, until: '}' | ''): AttributeFault | null {
  let last: { name: string; at: number } | undefined;
  let from = start;
  const take = (form: RegExp, at: number): string => {
    form.lastIndex = at;
    return (form.exec(text)?.[0] ?? '').slice(0, Math.max(0, limit - at));
  };
  for (;;) {
    from += take(/\s*/y, from).length;
    if (from >= limit)
      return until === '' ? null : { message: 'the `{` is never closed', from, at: start - 1 };
    if (text[from] === until) return null;
    const name = take(/[#.]?[^\s=}"'<>`#]+/y, from) || (text[from] ?? '');
    if (/["'[{]/.test(name)) {
      // The closing quote of the value before was missing, and the next one that came was taken for it.
      return last
        ? { message: `the value of \`${last.name}\` has no closing quote`, from, at: last.at }
        : { message: `there is a ${text[from]} where a name should be`, from, at: from };
    }
    const equals = take(/\s*=\s*/y, from + name.length);
    const at = from + name.length + equals.length;
    const value = equals === '' ? '' : take(/"[^"]*"|'[^']*'|[^\s}]*/y, at);
    const fault = equals === '' ? null : valueFault(name, value);
    if (fault) return { message: fault, from, at: value === '' ? from : at };
    const nested = equals === '' ? null : quotesWithin(name, text.slice(at, limit), value.length);
    if (nested) return { ...nested, from, at: at + value.length - 1 };
    if (value !== '') last = { name, at: at + 1 };
    from = at + value.length;
  }
}

function valueFault(name: string, value: string): string | null {
  if (value === '') return `\`${name}\` has no value after its \`=\``;
  if (/^(["']).*\1$/s.test(value) && value.length > 1) return null;
  if (/^["']/.test(value)) return `the value of \`${name}\` has no closing ${value[0]}`;
  return /["'<=>`]/.test(value) ? `the value of \`${name}\` needs quotes` : null;
}

/**
 * A value in which its own quote stands, as in `of="kind == "X""`, with the right text: up to the last quote
 * before the next attribute or the end.
 */
function quotesWithin(name: string, text: string, length: number): DirectiveFault | null {
  const quote = text[0] ?? '';
  // Behind a blank, a name and a `=` the quote begins the next value: that of this one is missing.
  if (
    !/["']/.test(quote) ||
    !/[^\s}]/.test(text[length] ?? ' ') ||
    /[\s{][\w-]+=.$/.test(text.slice(0, length))
  )
    return null;
  const ends = [...text.slice(length).matchAll(new RegExp(`${quote}(?=\\s*(?:\\}|$|[\\w-]+=["']))`, 'g'))];
  const end = ends[0] && length + ends[0].index;
  const other = quote === '"' ? "'" : '"';
  const words = quote === '"' ? ['double', 'single'] : ['single', 'double'];
  const message = `the value of \`${name}\` ends at its second ${quote}`;
  const inside = end === undefined ? '' : text.slice(1, end);
  if (inside === '' || inside.includes(other)) return null;
  const right = `${name}=${quote}${inside.replaceAll(quote, other)}${quote}`;
  return { message, help: `within ${words[0]} quotes write ${words[1]} ones: ${right}` };
}

/**
 * A directive ends with its paragraph: at the next line with nothing but quote marks on it. No sane one is
 * longer than this.
 */
function paragraphEnd(text: string, start: number): number {
  const longest = 20_000;
  const blank = /\n[ \t>]*\r?\n/.exec(text.slice(start, start + longest));
  return blank ? start + blank.index : Math.min(start + longest, text.length);
}

const alone = remark().use(remarkDirective).use(remarkDirectivePlaces).freeze();

export interface ReadAttributes {
  attributes: AttributeParts[];
  fault: AttributeFault | null;
}

export interface DirectiveFault {
  message: string;
  /** How to write it, where that is known. */
  help?: string;
}

interface AttributeFault extends DirectiveFault {
  /** Offset of the attribute that it is in. */
  from: number;
  /** Offset of what is wrong. */
  at: number;
}
