import type { Positions } from './positions.ts';
import type { Attribute, Attributes } from './types.ts';

/** The name, label and attributes of a directive in the real text, by the grammar of directives; places are offsets. */
export function scanDirective(text: string, start: number): ScannedDirective {
  const limit = paragraphEnd(text, start);
  const head = /^(:+)([\w-]+)/.exec(text.slice(start, Math.min(start + 80, limit)));
  let position = start + (head?.[0].length ?? 0);
  const scanned: ScannedDirective = {
    colons: head?.[1]?.length ?? 0,
    name: head?.[2] ?? '',
    label: null,
    block: null,
    end: position,
  };
  if (text[position] === '[') {
    const close = closingBracket(text, position, limit);
    if (close < 0) return { ...scanned, fault: 'the `[` is never closed' };
    scanned.label = { start: position + 1, end: close };
    position = close + 1;
  }
  if (text[position] === '{') {
    const block = scanAttributes(text, position + 1, limit, '}');
    scanned.block = block;
    if (block.fault) return { ...scanned, fault: block.fault };
    position = block.end + 1;
  }
  return { ...scanned, end: position };
}

/** The attributes from `start` on, up to the character `until` (or, for a fence's `''`, to the limit). */
export function scanAttributes(text: string, start: number, limit: number, until: '}' | ''): ScannedBlock {
  const block: ScannedBlock = { attributes: [], end: limit };
  const take = (form: RegExp, from: number): string => {
    form.lastIndex = from;
    return (form.exec(text)?.[0] ?? '').slice(0, Math.max(0, limit - from));
  };
  const [nameForm, bareForm] =
    until === '}' ? [/[#.]?[^\s=}"'<>`#]+/y, /[^\s}]*/y] : [/[^\s="'<>`]+/y, /\S*/y];
  let position = start;
  while (position < limit) {
    const character = text[position] ?? '';
    if (/\s/.test(character)) {
      position += 1;
      continue;
    }
    if (character === until) return { ...block, end: position };
    const name = take(nameForm, position) || character;
    const last = block.attributes.findLast((attribute) => attribute.value !== null);
    if (until === '}' && /["'[{]/.test(name)) {
      // The closing quote of the value before was missing, and the next one that came was taken for it.
      const what = last?.value
        ? `the value of \`${last.name}\` has no closing quote`
        : `there is a ${character} where a name should be`;
      return { ...block, fault: what, at: last?.value?.start ?? position };
    }
    const nameEnd = position + name.length;
    const equals = take(/\s*=\s*/y, nameEnd);
    if (equals === '') {
      block.attributes.push({ name, nameStart: position, nameEnd, value: null });
      position = nameEnd;
      continue;
    }
    const valueStart = nameEnd + equals.length;
    const quote = text[valueStart] ?? '';
    if (quote === '"' || quote === "'") {
      const length = text.slice(valueStart + 1, limit).indexOf(quote);
      if (length < 0)
        return { ...block, fault: `the value of \`${name}\` has no closing ${quote}`, at: valueStart };
      const close = valueStart + 1 + length;
      block.attributes.push({
        name,
        nameStart: position,
        nameEnd,
        value: { start: valueStart + 1, end: close },
      });
      position = close + 1;
      continue;
    }
    const bare = take(bareForm, valueStart);
    if (bare === '') return { ...block, fault: `\`${name}\` has no value after its \`=\``, at: position };
    if (/["'<=>`]/.test(bare))
      return { ...block, fault: `the value of \`${name}\` needs quotes`, at: valueStart };
    block.attributes.push({
      name,
      nameStart: position,
      nameEnd,
      value: { start: valueStart, end: valueStart + bare.length },
    });
    position = valueStart + bare.length;
  }
  return until === '' ? block : { ...block, fault: 'the `{` is never closed', at: start - 1 };
}

/** Scanned attributes as the checks take them: values decoded, places in the page. The last of two of one name counts. */
export function toAttributes(block: ScannedBlock | null, positions: Positions): Attributes {
  const attributes: Attributes = Object.create(null);
  for (const { name, nameStart, nameEnd, value } of block?.attributes ?? []) {
    const raw = value ? positions.text.slice(value.start, value.end) : '';
    const decoded = decode(raw, value?.start ?? nameStart);
    const namePlace = positions.place(nameStart, nameEnd);
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

/** Character references decoded and line breaks with the quote marks after them made one blank; each character's offset is kept. */
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

/** As the directive's parser counts: brackets in balance, a backslash before one takes it out of the count. */
function closingBracket(text: string, start: number, limit: number): number {
  let depth = 0;
  for (let position = start; position < limit; position += 1) {
    const character = text[position];
    if (character === '\\') position += 1;
    else if (character === '[') depth += 1;
    else if (character === ']') {
      depth -= 1;
      if (depth === 0) return position;
    }
  }
  return -1;
}

/** A directive ends with its paragraph: at the next line with nothing but quote marks on it. No sane one is longer than this. */
function paragraphEnd(text: string, start: number): number {
  const longest = 20_000;
  const blank = /\n[ \t>]*\r?\n/.exec(text.slice(start, start + longest));
  return blank ? start + blank.index : Math.min(start + longest, text.length);
}

const named: Record<string, string> = { quot: '"', amp: '&', apos: "'", lt: '<', gt: '>', nbsp: '\u00a0' };

export interface ScannedDirective {
  colons: number;
  name: string;
  /** Offsets between the brackets. */
  label: { start: number; end: number } | null;
  block: ScannedBlock | null;
  /** Offset after the last part that parsed. */
  end: number;
  /** Why it does not parse. */
  fault?: string;
}

export interface ScannedBlock {
  attributes: {
    name: string;
    nameStart: number;
    nameEnd: number;
    value: { start: number; end: number } | null;
  }[];
  /** Offset of the closing brace. */
  end: number;
  fault?: string;
  at?: number;
}
