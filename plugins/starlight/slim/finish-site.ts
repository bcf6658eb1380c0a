import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compareText } from '../../base/index.ts';
import type { Speech } from '../../words/index.ts';
import { isBrief } from '../site/brief-sidebar.ts';
import { tablesOf } from './built-table.ts';
import { withSourcesBeside } from './drawing-sources.ts';
import { scriptJoiner } from './join-scripts.ts';
import { linkedLines, withoutOtherLines } from './linked-lines.ts';
import { type RowPageOptions, withRowPages } from './row-pages.ts';
import { isStrict, sharedParts } from './shared-parts.ts';
import { shortClasses } from './short-classes.ts';
import { pageShortener } from './short-page.ts';
import { slimPage } from './slim-page.ts';
import { plainValues } from './tokens.ts';

/**
 * Takes out of the pages of a built site what they share, and the rest of long tables, once all that reads
 * the pages has done so. Nothing else runs then, and waiting for a file takes longer than reading it.
 */
export function slimSite(site: BuiltPages): void {
  const { dir, pages, base, assets } = site;
  const files: { slug: string; url: URL }[] = [];
  for (const { pathname } of pages) {
    const slug = slugOf(pathname);
    const url = fileOf(dir, slug);
    if (url !== null) files.push({ slug, url });
  }
  files.sort((a, b) => compareText(a.slug, b.slug));
  const samples: string[] = [];
  for (const isMade of [false, true])
    for (const { url } of spread(files.filter(({ slug }) => isBrief(slug) === isMade))) {
      const html = readPage(url);
      if (isOfStarlight(html)) samples.push(html);
    }
  // Styles that a page names by what is in them stay, as do those of pages that are yet to be made.
  const isOpen = site.isWhole && !samples.some(isStrict);
  const shorten = isOpen ? shortClasses(new URL(`${assets}/`, dir)) : (html: string) => html;
  const folder = `${base.replace(/\/$/, '')}/${assets}/`;
  const shared = sharedParts(samples.map(shorten), folder);
  const texts = new Map(shared.files);
  const join = scriptJoiner(folder, texts);
  const shortest = pageShortener(existsSync(new URL('pagefind/pagefind.js', dir)));
  const lines = new Set<string>();
  for (const { slug, url } of files)
    for (const line of linkedLines(readPage(url), site.hrefOf(slug))) lines.add(line);
  const slimmer = (text: string, own: string, isMade = isBrief(own)) => {
    const joined = join(slimPage(text, shared));
    const isLarge = Buffer.byteLength(joined) > mostBytes;
    const light = isLarge ? withSourcesBeside(joined, folder, texts) : joined;
    return isMade || isLarge ? shortest(light, site.hrefOf(own)) : light;
  };
  const used = new Set<string>();
  const use = (html: string) => {
    for (const [name] of html.matchAll(/\bshared\.[\w-]+\.(?:js|svg|d2)\b/g)) used.add(name);
  };
  for (const { slug, url } of files) {
    const whole = readPage(url);
    const html = withoutOtherLines(shorten(whole), site.hrefOf(slug), lines);
    if (!isOfStarlight(html)) {
      if (html !== whole) writeFileSync(url, html);
      continue;
    }
    const { slim, parts } = slimmed(html, (text) => slimmer(text, slug), {
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

function readPage(url: URL): string {
  return plainValues(readFileSync(url, 'utf8'));
}

/** A page with so much of its tables as it can carry. */
function slimmed(
  html: string,
  slimmer: (text: string) => string,
  options: Omit<RowPageOptions, keyof TableLength>,
) {
  const at = (length: TableLength) => {
    const { html: text, pages: parts } = withRowPages(html, { ...options, ...length });
    return { text, slim: slimmer(text), parts };
  };
  let page = at(longest);
  for (const length of shorter) {
    const excess = Buffer.byteLength(page.slim) - mostBytes;
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

/** The slug of a page as Astro tells it. */
function slugOf(pathname: string): string {
  return pathname.replace(/^\/+|\/+$/g, '').replace(/\.html$/, '');
}

/** The file of a page, in whichever form Astro wrote it. */
function fileOf(dir: URL, slug: string): URL | null {
  const path = slug.split('/').map(encodeURIComponent).join('/');
  const files = slug === '' ? ['index.html'] : [`${path}/index.html`, `${path}.html`];
  return files.map((file) => new URL(file, dir)).find((url) => existsSync(url)) ?? null;
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
