import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { digestOf } from './shared-parts.ts';

/**
 * Makes one stylesheet of that for paper, which says so itself, and of the next, where all pages that have
 * one of them have both, one behind the other: a file and a tag less on each.
 * @param folder of stylesheets.
 */
export function openPrint(folder: URL): PrintJoiner {
  const pairs = new Set<string>();
  const alone = new Set<string>();
  return {
    see: (html) => {
      const pair = pairOfSheets.exec(html)?.[0];
      if (pair !== undefined) pairs.add(pair);
      for (const [, name = ''] of html.replace(pair ?? '', '').matchAll(sheet)) alone.add(name);
    },
    join: () => {
      const [pair = '', ...others] = pairs;
      const [, path = '', print = '', next = ''] = pairOfSheets.exec(pair) ?? [];
      const urls = [print, next].map((name) => new URL(name, folder));
      const isSafe =
        pair !== '' &&
        others.length === 0 &&
        !alone.has(print) &&
        !alone.has(next) &&
        urls.every((url) => existsSync(url));
      const texts = isSafe ? urls.map((url) => readFileSync(url, 'utf8')) : [];
      if (!texts[0]?.startsWith('@media print{') || texts.some((text) => onlyAtFirst.test(text)))
        return (html) => html;
      const joined = texts.join('\n');
      const name = next.replace(/[^.]+\.css$/, `${digestOf(joined)}.css`);
      for (const url of urls) rmSync(url);
      writeFileSync(new URL(name, folder), joined);
      return (html) => html.replace(pair, () => `<link rel="stylesheet" href="${path}${name}">`);
    },
  };
}

const pairOfSheets =
  /<link rel="stylesheet" href="([^"]*\/)([^"/]+\.css)" media="print"><link rel="stylesheet" href="\1([^"/]+\.css)">/;
const sheet = /\/([\w.-]+\.css)\b/g;
const onlyAtFirst = /@(?:import|charset|namespace)\b/;

interface PrintJoiner {
  /** Takes each page of the site. */
  see(html: string): void;
  /** Writes the stylesheet, and gives what a page has in the place of both. */
  join(): (html: string) => string;
}
