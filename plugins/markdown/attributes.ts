import { byName } from '../base/index.ts';
import type { AttributeParts } from './directive-places.ts';
import type { Positions } from './positions.ts';
import type { Attribute, Attributes } from './types.ts';

/**
 * Attributes as the checks take them: values decoded, places in the page. The last of two of one name counts.
 */
export function toAttributes(parts: readonly AttributeParts[], positions: Positions): Attributes {
  const attributes: Attributes = Object.create(null);
  for (const { text: name, name: range, value } of parts) {
    const raw = value ? positions.text.slice(value.start, value.end) : '';
    const decoded = decode(raw, value?.start ?? range.start);
    const namePlace = positions.place(range.start, range.end);
    const attribute: Attribute = {
      value: decoded.text,
      place: value ? positions.place(value.start, value.end) : namePlace,
      namePlace,
      at(offset, length) {
        if (!value) return namePlace;
        const start = decoded.offsets[Math.min(Math.max(offset, 0), decoded.text.length)] ?? value.start;
        const end = decoded.offsets[Math.min(offset + Math.max(length, 0), decoded.text.length)] ?? value.end;
        return positions.place(start, Math.max(end, Math.min(start + 1, value.end)));
      },
    };
    attributes[name] = attribute;
  }
  return attributes;
}

/**
 * Character references decoded and line breaks with the quote marks after them made one blank; each
 * character's offset is kept.
 */
function decode(raw: string, start: number): { text: string; offsets: number[] } {
  let text = '';
  const offsets: number[] = [];
  const token =
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(quot|amp|apos|lt|gt|nbsp));|(?:\r\n|\n|\r)[\s>]*|[\s\S]/g;
  for (const match of raw.matchAll(token)) {
    const code = match[1] ? Number(match[1]) : match[2] ? Number.parseInt(match[2], 16) : undefined;
    let character = match[0];
    if (code !== undefined) character = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    else if (match[3]) character = named[match[3]] ?? match[0];
    else if (/^[\r\n]/.test(match[0])) character = ' ';
    for (let unit = 0; unit < character.length; unit += 1) offsets.push(start + match.index);
    text += character;
  }
  return { text, offsets: [...offsets, start + raw.length] };
}

const named: Record<string, string> = byName({
  quot: '"',
  amp: '&',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
});
