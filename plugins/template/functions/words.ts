/** Cases and wrapping of texts, as sprig's libraries (xstrings, goutils) do them. */

import { tooMuch } from '../go/errors.ts';

/** Go changes case character by character: what would become two (`ß`) stays. */
export const upper = (text: string): string =>
  Array.from(text, (character) => {
    const changed = character.toUpperCase();
    return [...changed].length === 1 ? changed : character;
  }).join('');

export const lower = (text: string): string =>
  Array.from(text, (character) => [...character.toLowerCase()][0] ?? '').join('');

/** A letter at the start or after an ASCII character that is no word's, or after white space. */
export const title = (text: string): string => text.replace(/(?<=^|[ -/:-@[-^`{-~]|\s)\p{L}/gu, upper);

export const untitle = (text: string): string =>
  text.replace(/(^|\s)(\S)/gu, (_all, before: string, letter: string) => before + letter.toLowerCase());

export const swapcase = (text: string): string =>
  Array.from(text, (character) =>
    character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase(),
  ).join('');

export const initials = (text: string): string =>
  Array.from(text.matchAll(/(?:^|\s)(\S)/gu), ([, letter]) => letter).join('');

/**
 * `foo_bar` → `FooBar`; a word that begins in capitals keeps the first alone. Leading connectors stay, and
 * all but one of several in a row.
 */
export function camelcase(text: string): string {
  const [, lead = '', rest = ''] = /^([_\-\s]*)([\s\S]*)$/.exec(text) ?? [];
  return (
    lead +
    rest.replace(
      /([^_\-\s]+)([_\-\s]*)$|([^_\-\s]+)[_\-\s]([_\-\s]*)/gu,
      (...found: (string | undefined)[]) => {
        const word = found[1] ?? found[3] ?? '';
        const [capitals = ''] = /^\p{Lu}*/u.exec(word) ?? [];
        const [first = '', ...others] = capitals === '' ? word : capitals;
        const tail = capitals === '' ? others.join('') : lower(others.join('')) + word.slice(capitals.length);
        return upper(first) + tail + (found[2] ?? found[4] ?? '');
      },
    )
  );
}

export const snakecase = (text: string): string => delimited(text, '_');
export const kebabcase = (text: string): string => delimited(text, '-');

function delimited(text: string, joint: string): string {
  // Of a run of letters each is a beginning from which the first pattern looks through the rest.
  if (text.length > longestName) throw tooMuch('changes the case of a text that is too long');
  return text
    .replace(/(\p{L}+)(\d+\p{Ll}[\p{Ll}\d]*)/gu, `$1${joint}$2`)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, `$1${joint}$2`)
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, `$1${joint}$2`)
    .replace(/[\s_-]/g, joint)
    .toLowerCase();
}

/** Lines of at most `width`, broken at spaces; longer words are cut only where asked. */
export function wrap(text: string, width: number, separator: string, cut: boolean): string {
  const size = Math.max(width, 1);
  const lines: string[] = [];
  let rest = text;
  while (rest.length > size) {
    if (rest.startsWith(' ')) {
      rest = rest.slice(1);
      continue;
    }
    const before = rest.lastIndexOf(' ', size);
    const end = before >= 0 ? before : cut ? size : rest.indexOf(' ', size);
    if (end < 0) break;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end + (before < 0 && cut ? 0 : 1));
  }
  return [...lines, rest].join(separator);
}

const longestName = 10_000;
