import { readFileSync } from 'node:fs';
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { selectAll } from 'hast-util-select';
import { toString as textOf } from 'hast-util-to-string';

/** A built page as a browser reads it, in however few signs its HTML is written. */
export function readPage(file: string): BuiltPage {
  const tree = fromHtml(readFileSync(file, 'utf8'));
  const all = (selector: string) => selectAll(selector, tree);
  return {
    texts: (selector) => all(selector).map((element) => textOf(element).replaceAll('\u200b', '').trim()),
    values: (selector, property) => all(selector).map(({ properties }) => properties[property]),
    has: (selector) => all(selector).length > 0,
  };
}

export interface BuiltPage {
  /** The text of each element that a selector finds. */
  texts(selector: string): string[];
  /** A property of each, by its name in the DOM; a class list is a list. */
  values(selector: string, property: string): Element['properties'][string][];
  has(selector: string): boolean;
}
