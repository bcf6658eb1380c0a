import { compareText } from '../../base/index.ts';
import { replaceTokens } from './tokens.ts';

/**
 * The classes of each element that pages which are made alike have many of, as one short class, which the
 * rules of a stylesheet find as they do those that it stands for. A class that a script may ask for stays.
 * @param styles text of all stylesheets of the site.
 * @param scripts text of all its scripts that have a file.
 * @param samples HTML of some of the pages.
 */
export function oneClass({ styles, scripts, samples }: Given): OneClass {
  const inPages = new Set(samples.flatMap((html) => html.match(scriptInPage) ?? []));
  const asked = [...scripts, ...inPages].map(withoutMarkup).join('\n');
  const counts = new Map<string, number>();
  for (const html of samples)
    for (const value of valuesOf(html)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const isKnown = !styles.some((text) => byValue.test(text));
  const hiding = new Map<string, boolean>();
  const isHidden = (name: string) => {
    const known = hiding.get(name) ?? (plain.test(name) && name !== ofText && !mentions(asked, name));
    hiding.set(name, known);
    return known;
  };
  const short = new Map<string, string>();
  const values = new Map<string, string>();
  const free = freeNames(new Set([...styles.flatMap(classesOf), ...[...counts.keys()].flatMap(namesIn)]));
  let next = free.next().value;
  for (const [value, count] of isKnown ? [...counts].sort(byCount) : []) {
    const names = namesIn(value);
    const hidden = names.filter(isHidden).join(' ');
    const one = short.get(hidden) ?? next;
    const whole = [...names.filter((name) => !isHidden(name)), one].join(' ');
    // A rule knows one for each of them.
    if (hidden === '' || (value.length - whole.length) * count < fewBytes) continue;
    short.set(hidden, one);
    if (one === next) next = free.next().value;
    values.set(value, whole);
  }
  const standIns = new Map<string, string[]>();
  for (const [hidden, one] of short)
    for (const name of hidden.split(' ')) standIns.set(name, [...(standIns.get(name) ?? []), one]);
  const judged = new Map<string, boolean>();
  const mayKnow = (piece: string) => {
    const [, tag = '', body = ''] = /^(<[^>]*>)([\s\S]*)$/.exec(piece) ?? [];
    const text = tag.startsWith('<style') ? body : withoutMarkup(body);
    return [...standIns.keys()].some((name) => mentions(text, name));
  };
  return {
    inStyle: (css) => (standIns.size === 0 ? css : withStandIns(css, standIns)),
    isFor: (html, folder) =>
      values.size > 0 &&
      html.startsWith('<!DOCTYPE') &&
      (html.match(ownParts) ?? []).every((piece) => {
        const known = judged.get(piece);
        if (known !== undefined) return known;
        const address = / (?:src|href)="([^"]*)"/.exec(piece.slice(0, piece.indexOf('>')))?.[1];
        const isKnown = address === undefined ? !mayKnow(piece) : address.startsWith(folder);
        judged.set(piece, isKnown);
        return isKnown;
      }),
    of: (value) => values.get(value),
  };
}

function valuesOf(html: string): string[] {
  const values: string[] = [];
  replaceTokens(html, ({ tag }) => {
    const value = / class="([^"]*)"/.exec(tag)?.[1];
    if (value !== undefined) values.push(value);
    return null;
  });
  return values;
}

/** What a script gives an element of its own asks for no class. */
function withoutMarkup(script: string): string {
  return script.replaceAll(
    / class=\\?"[^"]*"|(?:\.className\s*=\s*|\.setAttribute\(.class.,\s*)(["'`])[\w -]*\1/g,
    '',
  );
}

function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1))
    if (!/[\w#-]/.test(`${text[at - 1] ?? ' '}`) && !/[\w-]/.test(`${text[at + name.length] ?? ' '}`))
      return true;
  return false;
}

function withStandIns(css: string, standIns: ReadonlyMap<string, readonly string[]>): string {
  return css.replaceAll(piece, (text, written: string | undefined) => {
    const ones = written === undefined ? undefined : standIns.get(written.replaceAll('\\', ''));
    return ones === undefined ? text : `:is(${[text, ...ones.map((one) => `.${one}`)].join(',')})`;
  });
}

function namesIn(value: string): string[] {
  return value.split(' ').filter((name) => name !== '');
}

/** All that a stylesheet has rules for. */
function classesOf(css: string): string[] {
  return [...css.matchAll(piece)].flatMap(([, written]) => written?.replaceAll('\\', '') ?? []);
}

/** The shortest that nothing is called by. */
function* freeNames(taken: ReadonlySet<string>): Generator<string, never> {
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (let names = letters; ; names = names.flatMap((name) => letters.map((letter) => name + letter)))
    for (const name of names) if (!taken.has(name)) yield name;
}

function byCount([a, some]: [string, number], [b, others]: [string, number]): number {
  return others - some || compareText(a, b);
}

/** A comment, a string, an address, names of layers; or a class, with what is escaped in it. */
const piece =
  /\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\)|@(?:layer|import)\b[^{;]*|\.((?:[a-z_-]|\\[^\da-f\s])(?:[\w-]|\\[^\da-f\s])*)/gi;
const plain = /^[a-z_-][\w:-]*$/i;
/** A rule that asks for more of the attribute than whether it is there. */
const byValue = /\[\s*class\s*[~|^$*]?=/;
/** Links to styles, styles and scripts of a page. */
const ownParts = /<link rel="stylesheet"[^>]*>|<style\b[^>]*>[^<]*|<script\b[^>]*>(?:(?!<\/script)[\s\S])*/g;
const scriptInPage = /<script\b(?![^>]* src=)[^>]*>(?:(?!<\/script)[\s\S])*/g;
/** By which those who read a site from elsewhere find the text of its pages. */
const ofText = 'sl-markdown-content';
/** Of all samples together. */
const fewBytes = 24;

interface Given {
  styles: readonly string[];
  scripts: readonly string[];
  samples: readonly string[];
}

export interface OneClass {
  /** A stylesheet that knows the short classes. */
  inStyle(css: string): string;
  /**
   * Whether nothing but what is known styles a page, and reads it.
   * @param folder address of styles and scripts that are.
   */
  isFor(html: string, folder: string): boolean;
  /** What an attribute says in its place. */
  of(value: string): string | undefined;
}
