/**
 * What is being written where the cursor stands, from the text alone: a statement that is half written does
 * not parse. `null` where it is nothing that we know more of.
 * @param offset of the cursor.
 */
export function writingAt(text: string, offset: number, language: Language): Writing | null {
  const fence = language === 'd2' ? { info: 'd2', isInfo: false } : fenceAt(text, offset);
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (fence?.isInfo) return withLater(inInfo(line, offset), text, offset);
  if (fence !== null) return /^d2\b/.test(fence.info) ? inD2(line, offset) : null;
  const comment = openComment(text, offset);
  if (comment !== null) return inSuppression(comment, offset);
  if (/^---\r?\n(?![\s\S]*\n---)/.test(text.slice(0, offset))) return null;
  return (
    withLater(inDirective(text, offset), text, offset) ??
    inLink(line, offset) ??
    inBackticks(line, offset) ??
    directiveName(line, offset)
  );
}

/** The fence whose body, or whose first line (`isInfo`), holds the offset. */
function fenceAt(text: string, offset: number): { info: string; isInfo: boolean } | null {
  let open: { marks: string; info: string } | null = null;
  let at = 0;
  for (const line of text.slice(0, offset).split('\n')) {
    const isLast = at + line.length === offset;
    const [, marks = '', info = ''] = /^[ \t>]*(`{3,}|~{3,})(.*?)\r?$/.exec(line) ?? [];
    if (open === null && marks !== '') {
      if (isLast && info.trim() !== '') return { info: info.trim(), isInfo: true };
      open = { marks, info: info.trim() };
    } else if (open !== null && marks.startsWith(open.marks) && info.trim() === '' && !isLast) open = null;
    at += line.length + 1;
  }
  return open && { info: open.info, isInfo: false };
}

/** What is written of a comment that is open, in Markdown or MDX. */
function openComment(text: string, offset: number): string | null {
  const [, open] = /(?:<!--|\{\/\*)((?:(?!-->|\*\/\})[\s\S])*)$/.exec(text.slice(0, offset)) ?? [];
  return open ?? null;
}

function inSuppression(comment: string, offset: number): Writing | null {
  const [, prefix] = /^\s*plumbline-ignore\s+([\w-]*)$/.exec(comment) ?? [];
  return prefix === undefined ? null : { at: 'rule', prefix, start: offset - prefix.length };
}

function inInfo(line: string, offset: number): Writing | null {
  const [opening = '', language = ''] = /^[ \t>]*(?:`{3,}|~{3,})[ \t]*(\S*)/.exec(line) ?? [];
  const statement = language === 'd2' ? 'd2' : 'excerpt';
  return inAttributes(line.slice(opening.length), statement, offset);
}

function inD2(line: string, offset: number): Writing | null {
  const [, link] = /\blink:\s*["']?gitops:([^"'\s]*)$/.exec(line) ?? [];
  if (link !== undefined) return { at: 'resource', prefix: link, start: offset - link.length };
  const [, view] = /(?:\.\.\.|[:\s])@["']?([\w-]*\/?[\w-]*)$/.exec(line) ?? [];
  if (view !== undefined) return { at: 'd2-import', prefix: view, start: offset - view.length };
  return null;
}

/** A directive whose braces hold the cursor; it may begin some lines before. */
function inDirective(text: string, offset: number): Writing | null {
  const from = Math.max(
    text.lastIndexOf('\n\n', offset - 1),
    text.lastIndexOf('\n\r\n', offset - 1),
    offset - 4000,
    0,
  );
  const before = text.slice(from, offset);
  const begins = [...before.matchAll(/(?<![:\\\w]):{1,3}([a-z]+)(?=[[{])/g)].toReversed();
  for (const begin of begins) {
    const braces = openingBrace(before, begin.index + begin[0].length);
    if (braces === null) continue;
    const written = before.slice(braces + 1);
    const found = inAttributes(written, begin[1] ?? '', offset);
    if (found !== null) return found;
  }
  return null;
}

/** Where the braces behind a label open; null where the label is still open, or none follow. */
function openingBrace(text: string, start: number): number | null {
  let at = start;
  if (text[at] === '[') {
    let depth = 0;
    for (; at < text.length; at += 1) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === '[') depth += 1;
      else if (text[at] === ']') depth -= 1;
      if (depth === 0) break;
    }
    at += 1;
  }
  return text[at] === '{' ? at : null;
}

/** Attributes up to the cursor: it stands in the last of them, in its name or in its value. */
function inAttributes(written: string, statement: string, offset: number): Writing | null {
  const whole = /[ \t\r\n]*(?:([\w-]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'}]+)))?)(?=[\s}])/y;
  const given: Record<string, string> = {};
  for (let match = whole.exec(written); match; match = whole.exec(written)) {
    const [, name = '', double, single, bare] = match;
    given[name] = double ?? single ?? bare ?? '';
    written = written.slice(whole.lastIndex);
    whole.lastIndex = 0;
  }
  const [, name, , value = ''] = /^\s*([\w-]+)=(["'])((?:(?!\2)[\s\S])*)$/.exec(written) ?? [];
  if (name !== undefined)
    return { at: 'attribute', statement, name, given, value, start: offset - value.length };
  const [, begun] = /^\s*([\w-]*)$/.exec(written) ?? [];
  if (begun === undefined) return null;
  return { at: 'attribute-name', statement, given, prefix: begun, start: offset - begun.length };
}

/** The same with the attributes that stand behind the cursor: which view it is may be one of them. */
function withLater(found: Writing | null, text: string, offset: number): Writing | null {
  if (found?.at !== 'attribute' && found?.at !== 'attribute-name') return found;
  const [rest = ''] = /^[^}\r\n]*/.exec(text.slice(offset)) ?? [];
  const later = [...rest.matchAll(/(?<=\s)([\w-]+)=(?:"([^"]*)"|'([^']*)')/g)];
  const given = Object.fromEntries(
    later.map(([, name = '', double, single]) => [name, double ?? single ?? '']),
  );
  return { ...found, given: { ...given, ...found.given } };
}

function inLink(line: string, offset: number): Writing | null {
  const [, url] = /(?<!\\)\]\(<?([^()\s<>]*)$/.exec(line) ?? [];
  return url === undefined ? null : { at: 'link', prefix: url, start: offset - url.length };
}

function inBackticks(line: string, offset: number): Writing | null {
  const spans = line.replaceAll(/(`+)(?!`)[^`]*(?:(?!\1)`+[^`]+)*\1(?!`)/g, (span) =>
    ' '.repeat(span.length),
  );
  const open = spans.lastIndexOf('`');
  if (open < 0) return null;
  const prefix = line.slice(open + 1);
  return { at: 'code', prefix, start: offset - prefix.length };
}

function directiveName(line: string, offset: number): Writing | null {
  const [, colons, prefix] = /(?<![:\\\w])(:{1,3})([a-z]*)$/.exec(line) ?? [];
  if (colons === undefined || prefix === undefined) return null;
  return { at: 'directive', colons: colons.length, prefix, start: offset - prefix.length };
}

export type Language = 'markdown' | 'd2';

/** `start` is the offset of what is replaced when it is completed: `prefix`, or a part of `value`. */
export type Writing =
  | { at: 'code' | 'link' | 'resource' | 'd2-import' | 'rule'; prefix: string; start: number }
  | { at: 'directive'; colons: number; prefix: string; start: number }
  | {
      at: 'attribute-name';
      statement: string;
      given: Record<string, string>;
      prefix: string;
      start: number;
    }
  | AttributeWriting;

export interface AttributeWriting {
  at: 'attribute';
  /** Type of the statement: `claim`, `table`, `d2`, `excerpt`. */
  statement: string;
  name: string;
  /** The other attributes. */
  given: Record<string, string>;
  /** Up to the cursor. */
  value: string;
  start: number;
}
