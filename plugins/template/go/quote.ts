import { byName } from '../../base/index.ts';

/** Texts and characters as literals of Go. Source: package strconv. */

/** `%q`. */
export function quote(text: string, onlyAscii = false): string {
  return `"${Array.from(text, (character) => escaped(character, '"', onlyAscii)).join('')}"`;
}

/** `%q` of a number, which is a character. */
export function quoteRune(character: string, onlyAscii = false): string {
  return `'${escaped(character, "'", onlyAscii)}'`;
}

/** True where the text could stand between backquotes. */
export function canBackquote(text: string): boolean {
  return !/[^\t\P{Cc}]|[`\u007f\ufeff\ufffd]/u.test(text);
}

function escaped(character: string, mark: string, onlyAscii: boolean): string {
  const code = character.codePointAt(0) ?? 0;
  const named = character === mark ? `\\${mark}` : escapes[character];
  if (named !== undefined) return named;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  if (isPrintable(character) && !(onlyAscii && code > 0x7f)) return character;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

/** As `unicode.IsPrint` has it: of all blanks only the plain one. */
export function isPrintable(character: string): boolean {
  return character === ' ' || !/\p{C}|\p{Z}/u.test(character);
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

const escapes: Record<string, string | undefined> = byName({
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
});
