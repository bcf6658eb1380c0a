import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compareText } from '../../base/index.ts';
import type { Speech } from '../../words/index.ts';
import {
  changedSidebars,
  readSidebars,
  type Sidebars,
  shortName,
  writeSidebars,
} from '../sidebar/kept-apart.ts';
import { isBrief } from '../site/brief-sidebar.ts';
import { fileOf, pageFiles } from '../site/page-files.ts';
import { tablesOf } from './built-table.ts';
import { withSourcesBeside } from './drawing-sources.ts';
import { openPrint } from './join-print.ts';
import { scriptJoiner } from './join-scripts.ts';
import { linkedLines, withoutOtherLines } from './linked-lines.ts';
import { type RowPageOptions, withRowPages } from './row-pages.ts';
import { isStrict, sharedParts } from './shared-parts.ts';
import { type ShortClasses, shortClasses } from './short-classes.ts';
import { pageShortener } from './short-page.ts';
import { slimPage } from './slim-page.ts';
import { openSpareSearch } from './spare-search.ts';
import { plainValues } from './tokens.ts';

/**
 * Takes out of the pages of a built site what they share, and the rest of long tables, once all that reads
 * the pages has done so. Nothing else runs then, and waiting for a file takes longer than reading it.
 */
export function slimSite(site: BuiltPages): void {
  const { dir, base, assets } = site;
  const files = pageFiles(dir, site.pages).sort((a, b) => compareText(a.slug, b.slug));
  const sidebars = readSidebars(dir);
  const [written = [], made = []] = [false, true].map((isMade) =>
    spread(files.filter(({ slug }) => isBrief(slug) === isMade))
      .map(({ url }) => sidebars.whole(readPage(url)))
      .filter(isOfStarlight),
  );
  const samples = [...written, ...made];
  const styles = new URL(`${assets}/`, dir);
  const lines = new Set<string>();
  const spare = openSpareSearch(dir);
  const print = openPrint(styles);
  for (const { slug, url } of files) {
    const html = readPage(url);
    spare.see(html);
    print.see(html);
    for (const line of linkedLines(html, site.hrefOf(slug))) lines.add(line);
  }
  if (site.isWhole) spare.remove(files);
  // Styles that a page names by what is in them stay, as do those of pages that are yet to be made.
  const isOpen = !samples.some(isStrict);
  const { shorten, one } =
    isOpen && site.isWhole
      ? shortStyles(print.join(), styles, made)
      : { shorten: (html: string) => html, one: null };
  const folder = `${base.replace(/\/$/, '')}/${assets}/`;
  const shared = sharedParts(samples.map(shorten), folder);
  const texts = new Map(shared.files);
  const join = scriptJoiner(folder, texts);
  const shortest = pageShortener(existsSync(new URL('pagefind/pagefind.js', dir)), one);
  const classed = changedSidebars(sidebars, (name, text) => [[name, shorten(text)]]);
  // In both forms that a page may have.
  const light = changedSidebars(classed, (name, text) => {
    const slim = join(slimPage(text, isOpen ? shared : { ...shared, scripts: new Map() }));
    return [
      [name, slim],
      [shortName(name), shortest(slim, '\0')],
    ];
  });
  writeSidebars(dir, light);
  const slimmer = (text: string, own: string, isMade = isBrief(own)) => {
    const joined = join(slimPage(text, shared));
    const isLarge = Buffer.byteLength(light.whole(joined)) > mostBytes;
    const slim = isLarge ? withSourcesBeside(joined, folder, texts) : joined;
    return isMade || isLarge
      ? light.renamed(shortest(slim, site.hrefOf(own), isMade && one?.isFor(text, folder)), shortName)
      : slim;
  };
  const used = new Set<string>();
  const use = (html: string) => {
    for (const [name] of html.matchAll(/\bshared\.[\w-]+\.(?:js|svg|d2)\b/g)) used.add(name);
  };
  for (const { text } of light.known.values()) use(text);
  for (const { slug, url } of files) {
    const whole = readPage(url);
    const html = withoutOtherLines(classed.withCurrent(shorten(whole)), site.hrefOf(slug), lines);
    if (!isOfStarlight(html)) {
      if (html !== whole) writeFileSync(url, html);
      continue;
    }
    const { slim, parts } = cutToSize(html, light, (text) => slimmer(text, slug), {
      slug,
      speech: site.speechOf(slug),
      hrefOf: site.hrefOf,
      isFree: (own) => fileOf(dir, own) === null,
    });
    if (slim !== whole) writeFileSync(url, slim);
    use(slim);
    for (const part of parts) {
      const text = slimmer(part.html, part.slug, true);
      writePage(dir, url, part.slug, text);
      use(text);
    }
  }
  for (const [name, text] of texts)
    if (used.has(name)) writeFileSync(new URL(`${assets}/${name}`, dir), text);
}

function shortStyles(withOneSheet: (html: string) => string, folder: URL, made: string[]): ShortClasses {
  const { shorten, one } = shortClasses(folder, made);
  return { shorten: (html) => shorten(withOneSheet(html)), one };
}

function readPage(url: URL): string {
  return plainValues(readFileSync(url, 'utf8'));
}

/** A page with so much of its tables as it can carry. */
function cutToSize(
  html: string,
  sidebars: Sidebars,
  slimmer: (text: string) => string,
  options: Omit<RowPageOptions, keyof TableLength>,
) {
  const at = (length: TableLength) => {
    const { html: text, pages: parts } = withRowPages(html, { ...options, ...length });
    return { text, slim: slimmer(text), parts };
  };
  let page = at(longest);
  for (const length of shorter) {
    const excess = Buffer.byteLength(sidebars.whole(page.slim)) - mostBytes;
    if (excess <= 0) break;
    const rows = bytesOfRows(page.text);
    // A page that is too large without its tables stays so: what is worth it is taken from it at once.
    if (excess > rows) return rows < fewBytes ? page : at(shortest);
    page = at(length);
  }
  return page;
}

function bytesOfRows(html: string): number {
  const rows = tablesOf(html).flatMap((table) => table.rows);
  return rows.reduce((sum, row) => sum + Buffer.byteLength(row.html), 0);
}

/**
 * Rows of a table that stand on a page, and the first of them that do where there are more: the next for a
 * page that is too large.
 */
const longest: TableLength = { most: 40, first: 20, hasDrawn: true };
const shortest: TableLength = { most: 5, first: 3, hasDrawn: false };
const shorter: readonly TableLength[] = [
  { most: 12, first: 8, hasDrawn: true },
  { most: 12, first: 8, hasDrawn: false },
  { most: 5, first: 4, hasDrawn: false },
  shortest,
];
/** Of rows, that are not worth being looked for on a page of their own. */
const fewBytes = 12_000;
/** Of a page: what a phone on a slow line reads in a second. */
const mostBytes = 120_000;

/** In the form in which `beside` is written. */
function writePage(dir: URL, beside: URL, slug: string, html: string): void {
  const path = slug.split('/').map(encodeURIComponent).join('/');
  const url = new URL(beside.pathname.endsWith('/index.html') ? `${path}/index.html` : `${path}.html`, dir);
  mkdirSync(new URL('.', url), { recursive: true });
  writeFileSync(url, html);
}

function isOfStarlight(html: string): boolean {
  return html.includes('<meta name="generator" content="Starlight');
}

/** Some of many, from the whole length of the list. */
function spread<T>(all: readonly T[]): T[] {
  const step = Math.ceil(all.length / mostSamples);
  return all.filter((_, index) => index % Math.max(step, 1) === 0);
}

const mostSamples = 16;

type TableLength = Pick<RowPageOptions, 'most' | 'first' | 'hasDrawn'>;

interface BuiltPages {
  /** Where it was built to. */
  dir: URL;
  /** As Astro tells them. */
  pages: readonly { pathname: string }[];
  base: string;
  /** Whether no page is made later, by a server. */
  isWhole: boolean;
  /** Name of the folder of scripts and styles. */
  assets: string;
  /** In the language of a page. */
  speechOf(slug: string): Speech;
  hrefOf(slug: string): string;
}
