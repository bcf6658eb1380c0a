import type { PagefindOptions } from '../../search/search-index.ts';
import { base } from './names.ts';
import type { Filters } from './rank.ts';

/**
 * What pages say, by Pagefind, whose index is made when the site is built.
 * @returns undefined for a query that another has overtaken; null where there is no index.
 */
export async function searchText(
  words: string,
  filters: Filters,
  options: PagefindOptions,
): Promise<Found[] | null | undefined> {
  if (import.meta.env.DEV) return null;
  engine ??= load(options);
  const pagefind = await engine;
  if (pagefind === null) return null;
  const chosen = Object.entries(filters).filter(([, value]) => value !== undefined);
  const found = await pagefind.debouncedSearch(words, { filters: Object.fromEntries(chosen) }, wait);
  if (found === null) return undefined;
  return Promise.all(found.results.slice(0, most).map((result) => result.data()));
}

async function load({ mergeIndex = [], ...own }: PagefindOptions): Promise<Pagefind | null> {
  try {
    const address = `${base}/pagefind/pagefind.js`;
    const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
    await pagefind.options({ baseUrl: `${base}/`, excerptLength: 18, ...own });
    for (const { bundlePath, ...more } of mergeIndex) await pagefind.mergeIndex(bundlePath, more);
    await pagefind.init();
    return pagefind;
  } catch {
    return null;
  }
}

let engine: Promise<Pagefind | null> | undefined;

/** Milliseconds in which a word is written on. */
const wait = 120;
const most = 8;

/** What is used of its interface. */
interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  mergeIndex(path: string, options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  /** Null where another search has begun since. */
  debouncedSearch(
    words: string,
    options: { filters: Record<string, unknown> },
    wait: number,
  ): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

export interface Found {
  url: string;
  meta: { title?: string };
  /** HTML with `<mark>` alone in it. */
  excerpt: string;
  sub_results?: { url: string; title: string }[];
}
