import { byName, once } from '../base/index.ts';
import type { AttributeParts } from './directive-places.ts';
import type { Positions } from './positions.ts';
import type { Attribute, Attributes } from './types.ts';

/**
 * Attributes as the checks take them: values decoded, places in the page. The last of two of one name counts.
 * @param inCell in a cell of a table, which takes `\|` for a bar before anything else is read.
 */
export function toAttributes(
  parts: readonly AttributeParts[],
  positions: Positions,
  inCell = false,
): Attributes {
  const attributes: Attributes = Object.create(null);
  for (const { text: name, name: range, value } of parts) {
    const raw = value ? positions.text.slice(value.start, value.end) : '';
    const decoded = decode(raw, value?.start ?? range.start, inCell ? tokenInCell : token);
    const namePlace = positions.place(range.start, range.end);
    const attribute: Attribute = {
      value: decoded.text,
      place: value ? positions.place(value.start, value.end) : namePlace,
      namePlace,
      at(offset, length) {
        if (!value) return namePlace;
        const start = decoded.offsetOf(Math.max(offset, 0));
        const end = decoded.offsetOf(offset + Math.max(length, 0));
        return positions.place(start, Math.max(end, Math.min(start + 1, value.end)));
      },
    };
    attributes[name] = attribute;
  }
  return attributes;
}

/**
 * Character references decoded and line breaks with the quote marks after them made one blank, with the way
 * back from a character to its offset on the page.
 */
function decode(raw: string, start: number, encoded: RegExp): Decoded {
  const text = raw.replaceAll(encoded, characterOf);
  if (text === raw) return { text, offsetOf: (index) => start + Math.min(index, raw.length) };
  const offsets = once(() => {
    const found: number[] = [];
    let end = 0;
    const take = (until: number) => {
      for (; end < until; end += 1) found.push(start + end);
    };
    for (const match of raw.matchAll(encoded)) {
      take(match.index);
      const [written, decimal, hexadecimal, name] = match;
      const { length } = characterOf(written, decimal, hexadecimal, name);
      for (let unit = 0; unit < length; unit += 1) found.push(start + match.index);
      end = match.index + written.length;
    }
    take(raw.length + 1);
    return found;
  });
  return { text, offsetOf: (index) => offsets()[index] ?? start + raw.length };
}

/** What a token stands for; itself where it is none that is known. */
function characterOf(written: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (written === '\\|') return '|';
  if (name !== undefined) return named[name] ?? written;
  if (decimal === undefined && hexadecimal === undefined) return ' ';
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

const token = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(quot|amp|apos|lt|gt|nbsp));|(?:\r\n|\n|\r)[\s>]*/g;

const tokenInCell = new RegExp(`${token.source}|\\\\\\|`, 'g');

const named: Record<string, string> = byName({
  quot: '"',
  amp: '&',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
});

interface Decoded {
  text: string;
  /** Where a character of the text stands on the page; the end for any index behind it. */
  offsetOf(index: number): number;
}
