/** Texts as YAML scalars: their style, and where lines are folded. Source: go-yaml v2 (`emitterc.go`). */
import { byName, plainScalar } from '../base/index.ts';

/** @returns with a newline at the end where it is a block. */
export function writeScalar(text: string, place: ScalarPlace): string {
  const style = styleOf(text, place.isKey === true);
  if (style === 'literal') return literal(text, place.indent + 2);
  if (style === 'double') return `"${fold([...text].map(escaped), place, 1, 'double')}"`;
  if (style === 'single') {
    const characters = Array.from(text, (character) => (character === "'" ? "''" : character));
    return `'${fold(characters, place, 1, 'single')}'`;
  }
  return fold([...text], place, 0, 'plain');
}

/** False for a key that has to stand behind a `?`. */
export function isSimpleKey(key: string): boolean {
  return !lineBreak.test(key) && Buffer.byteLength(key) <= 128;
}

function styleOf(text: string, isKey: boolean): Style {
  const isSpecial = Array.from(text).some((character) => !isPrintable(character));
  // A blank before a line break would be lost in every style but one.
  const isLost = isSpecial || / [\n\r\u0085\u2028\u2029]/.test(text);
  const hasBreaks = lineBreak.test(text);
  if (text.includes('\n')) return isLost || isKey || / $/.test(text) ? 'double' : 'literal';
  if (isResolved(text)) return 'double';
  if (isLost || /[\n\r\u0085\u2028\u2029] /.test(text)) return 'double';
  const isPlain = text !== '' && !hasBreaks && !/^ | $/.test(text) && !hasIndicators(text);
  return isPlain ? 'plain' : 'single';
}

/** True for what would be another value without quotes. */
function isResolved(text: string): boolean {
  return (
    plainScalar(text) !== text ||
    /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(text) ||
    /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/.test(text) ||
    isTimestamp(text)
  );
}

function isTimestamp(text: string): boolean {
  const found =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]\d\d?:\d\d?:\d\d?(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d\d?:\d\d?:\d\d?(?:\.\d+)?)?$/.exec(
      text,
    );
  if (found === null) return false;
  const [, year = '', month = '', day = ''] = found;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function hasIndicators(text: string): boolean {
  return (
    /^(---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[-?:](?:[ \t]|$)/.test(text) ||
    /:(?:[ \t]|$)/.test(text) ||
    /[ \t\n]#/.test(text)
  );
}

/**
 * A line ends at a single blank that stands beyond the last column; the next begins two deeper than what the
 * text belongs to.
 */
function fold(characters: readonly string[], place: ScalarPlace, quotes: number, style: Style): string {
  if (place.isKey) return characters.join('');
  const indent = ' '.repeat(place.indent + 2);
  let text = '';
  let column = place.column + quotes;
  let isAfterBlank = false;
  for (const [index, character] of characters.entries()) {
    const isBlank = character === ' ';
    const isInside = style === 'plain' || (index > 0 && index < characters.length - 1);
    const isNextBlank = characters[index + 1] === ' ';
    const mayBreak = isBlank && !isAfterBlank && column > width && isInside;
    if (mayBreak && (style === 'double' || !isNextBlank)) {
      text += `\n${indent}${isNextBlank ? '\\' : ''}`;
      column = indent.length + (isNextBlank ? 1 : 0);
    } else {
      text += character;
      column += [...character].length;
    }
    isAfterBlank = isBlank;
  }
  return text;
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = text === '\n' || text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  const lines = text.replace(/\n$/, '').split('\n');
  return `|${hint}${chomp}\n${lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)).join('\n')}\n`;
}

function escaped(character: string): string {
  if (isPrintable(character) && !lineBreak.test(character) && character !== '"' && character !== '\\')
    return character;
  const named = escapes[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function isPrintable(character: string): boolean {
  return /^[\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(character);
}

const lineBreak = /[\n\r\u0085\u2028\u2029]/;
const width = 80;
const escapes: Record<string, string | undefined> = byName({
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
});

type Style = 'plain' | 'single' | 'double' | 'literal';

export interface ScalarPlace {
  /** Of the mapping or list that the text belongs to. */
  indent: number;
  /** Where the text begins. */
  column: number;
  /** A key on one line is never folded. */
  isKey?: boolean;
}
