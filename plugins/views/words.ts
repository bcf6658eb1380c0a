/**
 * What views say in words of their own, in English. Where a language is chosen the key goes along with the
 * text: a site says the same in the language of its page.
 */
import type { Said, SaidValues } from '../base/index.ts';
import { english, type WordKey } from '../words/index.ts';
import type { Cell } from './types.ts';

/** What is said, for a language that is chosen later. */
export function said(key: WordKey, values?: SaidValues): Said {
  return values === undefined ? { key } : { key, values };
}

/** The same in English; what is in no language as it is. */
export function inEnglish(what: Said | string): string {
  return english.said(what);
}

/** A cell in words of ours. */
export function saidCell(key: WordKey, values?: SaidValues): Cell & { said: Said } {
  const what = said(key, values);
  return { text: inEnglish(what), said: what };
}

/** What a cell says, as a part of what another says. */
export function saidOf(cell: Cell): string | Said {
  return cell.said ?? cell.text;
}

/** The key of a column's label: `column.hostNames` for `Host names`. */
export function columnWord(label: string): string {
  const [first = '', ...others] = label.split(/[^A-Za-z]+/);
  const rest = others.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const start = /^[A-Z]+$/.test(first) ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1);
  return `column.${start}${rest.join('')}`;
}
