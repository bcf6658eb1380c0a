/**
 * Gives each piece of HTML, with the place where it ends, to a function that says what stands there instead;
 * null for what stays. A tag is taken with its attributes, so that what looks like one within an attribute is
 * none; scripts, styles and small drawings are pieces with all that is in them, and a comment is none.
 */
export function replaceTokens(html: string, replace: (token: Token, end: number) => string | null): string {
  let replaced = '';
  let kept = 0;
  for (let start = html.indexOf('<'); start !== -1; ) {
    const found = pieceAt(html, start);
    const end = found?.end ?? start + 1;
    const text = found?.token ? replace(found.token, end) : null;
    if (text !== null) {
      replaced += html.slice(kept, start) + text;
      kept = end;
    }
    start = html.indexOf('<', end);
  }
  return kept === 0 ? html : replaced + html.slice(kept);
}

/**
 * The same page with no `<` in a value of an attribute: a title or a description may say anything, and what
 * is looked for by its signs is then found only where it is a piece.
 */
export function plainValues(html: string): string {
  if (!inValue.test(html)) return html;
  return replaceTokens(html, (token) => {
    if (!token.tag.includes('<', 1)) return null;
    const tag = `<${token.tag.slice(1).replaceAll('<', '&lt;')}`;
    if (token.is === 'tag') return tag;
    return `${tag}${token.body}</${token.is === 'raw' ? token.name : 'svg'}>`;
  });
}

const inValue = /=(?:"[^"<]*<|'[^'<]*<)/;

/** The piece that begins at a `<`; null where none does. */
function pieceAt(html: string, start: number): { token: Token | null; end: number } | null {
  if (html.startsWith('<!--', start)) {
    const end = html.indexOf('-->', start + 4);
    return end === -1 ? null : { token: null, end: end + 3 };
  }
  beginning.lastIndex = start;
  const [begun, raw, svg] = beginning.exec(html) ?? [];
  const end = begun === undefined ? -1 : tagEnd(html, start + begun.length);
  if (end === -1) return null;
  const tag = html.slice(start, end);
  return (
    (raw !== undefined && rawPiece(html, raw.toLowerCase(), tag, end)) ||
    (svg !== undefined && iconPiece(html, tag, end)) || { token: { is: 'tag', tag }, end }
  );
}

const beginning = /<(?:(?:(script|style|textarea|title)|(svg))\b|\/?[a-z])/iy;

/** Where a tag ends, read on from within it outside its values; -1 where it does not. */
function tagEnd(html: string, from: number): number {
  for (let at = from; at < html.length; at++) {
    const sign = html[at];
    if (sign === '>') return at + 1;
    if (sign !== '"' && sign !== "'") continue;
    at = html.indexOf(sign, at + 1);
    if (at === -1) return -1;
  }
  return -1;
}

/** What is no HTML between its tags; null where nothing ends it. */
function rawPiece(html: string, name: string, tag: string, from: number) {
  const ending = new RegExp(`</${name}\\s*>`, 'gi');
  ending.lastIndex = from;
  const found = ending.exec(html);
  if (found === null) return null;
  const token: Token = { is: 'raw', tag, name, body: html.slice(from, found.index) };
  return { token, end: ending.lastIndex };
}

/** A drawing of nothing but lines; null for any other. */
function iconPiece(html: string, tag: string, from: number) {
  let end = from;
  while (true) {
    line.lastIndex = end;
    const drawn = line.test(html) ? tagEnd(html, line.lastIndex) : -1;
    if (drawn === -1) break;
    end = html.startsWith('</path>', drawn) ? drawn + '</path>'.length : drawn;
  }
  if (end === from || !html.startsWith('</svg>', end)) return null;
  const token: Token = { is: 'icon', tag, body: html.slice(from, end) };
  return { token, end: end + '</svg>'.length };
}

const line = /<path\b/y;

export type Token =
  | { is: 'raw'; tag: string; name: string; body: string }
  | { is: 'icon'; tag: string; body: string }
  | { is: 'tag'; tag: string };
