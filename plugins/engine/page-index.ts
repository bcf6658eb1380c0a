import type { Root } from 'mdast';
import { isInside, readPlainFile, realOf } from '../base/index.ts';
import type { AddressFault } from '../checks/index.ts';
import type { IndexedPage, PageIndex } from '../markdown/index.ts';
import {
  isDraft,
  isPart,
  isSlug,
  openParseRoom,
  ownSlug,
  type Parsed,
  pageName,
  pageSlug,
  pagesUnder,
} from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import { openKeptPages } from './kept-pages.ts';
import { createMadeSlugs, type SitePages } from './made-slugs.ts';
import { type Addresses, addressesOf, ownAddresses } from './page-addresses.ts';
import { createPageReader } from './read-pages.ts';
import { declaredAt } from './resource-slugs.ts';

/**
 * Every page of the docs with its address and anchors. A page is parsed once, whether its own check or a link
 * to it comes first.
 */
export function createPageIndex(
  platform: Platform,
  site: SitePages = {},
  room = openParseRoom(),
  kept = openKeptPages(),
): PageStore {
  const { root, docs } = platform.config;
  const folder = realOf(docs);
  const { entries, own } = kept.of(platform.config);
  const reader = createPageReader(platform.config, folder, entries, room);
  const isMade = createMadeSlugs(platform, site);
  let addresses: Promise<Addresses> | undefined;

  return {
    page: pageAtAddress,
    address,
    addressFault,
    moved: async () => (await allAddresses()).moved,
    paths: () => pagesUnder(folder, root),
    hasPageOf: (place) => site.resources !== false && declaredAt(platform.model)(place) !== undefined,
    parse: (path, text) => reader.parse(realOf(path), text),
    hold: (path, text) => {
      if (text === null) reader.held.delete(realOf(path));
      else reader.held.set(realOf(path), text);
    },
    tree: (path, text) => {
      const parsed = room.parse(realOf(path), text);
      return parsed.ok ? parsed.tree : null;
    },
    refresh: (paths) => {
      addresses = undefined;
      room.clear();
      const textOf = (path: string) => reader.held.get(path) ?? readPlainFile(path);
      room.plan({ paths: paths.map(realOf), textOf });
    },
  };

  /** The page with the slug that it is published under, which is not its own where another page has that. */
  async function pageAtAddress(path: string): Promise<IndexedPage | undefined> {
    const found = await withPartials(path, []);
    if (found === undefined || !site.isOwn) return found;
    const { moved } = await allAddresses();
    const slug = moved.size === 0 ? undefined : moved.get(realOf(path));
    return slug === undefined ? found : { ...found, slug };
  }

  /**
   * A page with the headings of the Markdown that it imports.
   * @param above the pages that import this one, so that a circle of imports ends.
   */
  async function withPartials(given: string, above: readonly string[]): Promise<IndexedPage | undefined> {
    const path = realOf(given);
    if (!/\.mdx?$/.test(path) || !(isInside(folder, path) || isInside(root, path))) return undefined;
    const entry = await reader.load(path);
    if (!entry || entry.partials.length === 0 || above.includes(path)) return entry?.page;
    const inner = await Promise.all(entry.partials.map((one) => withPartials(one, [...above, path])));
    const headings = [...entry.page.headings, ...inner.flatMap((one) => one?.headings ?? [])];
    return { ...entry.page, headings, open: entry.page.open || inner.some((one) => one?.open ?? true) };
  }

  async function address(slug: string): Promise<IndexedPage | undefined> {
    const path = (await allAddresses()).holders.get(slug);
    if (path !== undefined) return pageAtAddress(path);
    return isMade(slug) ? { ...madePage, slug, title: slug } : undefined;
  }

  async function addressFault(path: string, text: string): Promise<AddressFault | null> {
    const real = realOf(path);
    if (!site.isOwn || !isInside(folder, real) || isPart(real) || isDraft(text)) return null;
    const { moved, holders } = await allAddresses();
    const own = ownSlug(text);
    const slug = pageSlug(real, folder, text);
    const at = moved.get(real) ?? slug;
    if (own !== undefined && !isSlug(own)) return { is: 'refused', slug: own, at };
    const holder = holders.get(slug);
    if (at !== slug && holder !== undefined)
      return { is: 'second', slug, at, of: pageName(holder, platform.config) };
    // Only a site that runs says which pages it makes.
    const told = slug === 'status' ? site.status : slug.startsWith('resources') ? site.resources : site.rules;
    return told === true && isMade(slug) ? { is: 'instead', slug } : null;
  }

  function allAddresses(): Promise<Addresses> {
    addresses ??= pagesUnder(folder, root).then((paths) =>
      addressesOf(ownAddresses(paths, folder, own), site.isOwn === true),
    );
    return addresses;
  }
}

const madePage = { file: null, left: null, headings: [], open: true, isRead: true, hasBoards: false };

export interface PageStore extends PageIndex {
  /** The tree of a page with this text, for its own check. */
  parse(path: string, text: string): Parsed;
  /** The text that stands for that of the file from now on, as in an editor; null for the file again. */
  hold(path: string, text: string | null): void;
  /** What is wrong with the address of a page that says `text`; null for nothing. */
  addressFault(path: string, text: string): Promise<AddressFault | null>;
  /** Slugs of the pages that are published under another than their own, by their paths. */
  moved(): Promise<Map<string, string>>;
  /** The tree of a text that a page might have, which is not kept; null where it does not parse. */
  tree(path: string, text: string): Root | null;
  /**
   * Looks for the pages anew when they are next asked for by address. Gives the parser the steps of a new
   * run, first for the pages that are named.
   */
  refresh(paths: readonly string[]): void;
}
