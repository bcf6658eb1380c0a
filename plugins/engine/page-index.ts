import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Root } from 'mdast';
import { isInside, readPlainFile, realOf } from '../base/index.ts';
import { type AddressFault, isRule } from '../checks/index.ts';
import type { IndexedPage, PageIndex } from '../markdown/index.ts';
import {
  anchorsOf,
  createPositions,
  isDraft,
  isPart,
  isSlug,
  openParseRoom,
  ownSlug,
  type Parsed,
  pageName,
  pageSlug,
  pagesUnder,
  pageTitle,
} from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import { fileSlugs } from './file-slugs.ts';
import { type Entry, openKeptPages } from './kept-pages.ts';
import { drawsBoards, hasLiveHeading } from './live-anchors.ts';
import { type Addresses, addressesOf, ownAddresses, stampOf, statOf } from './page-addresses.ts';
import {
  declaredAt,
  namespacesSlug,
  policiesSlug,
  resourceIndexes,
  resourceSlugs,
} from './resource-slugs.ts';

/**
 * Every page of the docs with its anchors, read when first asked and again when its file has changed. A page
 * is parsed once, whether its own check or a link to it comes first.
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
  const held = new Map<string, string>();
  const reading = new Map<string, Promise<Entry | undefined>>();
  let addresses: Promise<Addresses> | undefined;
  let generated: Set<string> | undefined;

  function record(path: string, text: string): Entry {
    const parsed = room.parse(path, text);
    const file = pageName(path, platform.config);
    const slug = isInside(folder, path) ? pageSlug(path, folder, text) : '';
    const headings = parsed.ok ? anchorsOf(parsed.tree, createPositions(file, text)) : [];
    const title = pageTitle(file, text, parsed.ok ? parsed.tree : undefined).text;
    const { partials, others } = parsed.ok ? importsOf(parsed.tree) : { partials: [], others: true };
    const isOpen = others || (parsed.ok && hasLiveHeading(parsed.tree));
    const hasBoards = parsed.ok && drawsBoards(parsed.tree);
    const left = isPart(path) ? 'part' : isDraft(text) ? 'draft' : null;
    const page: IndexedPage = {
      file,
      slug,
      title,
      left,
      headings,
      open: isOpen,
      isRead: parsed.ok,
      hasBoards,
    };
    const entry = { text, parsed, page, partials: partials.map((one) => resolve(dirname(path), one)) };
    entries.set(path, entry);
    return entry;
  }

  async function load(path: string): Promise<Entry | undefined> {
    const known = entries.get(path);
    const meant = held.get(path);
    if (meant !== undefined) return known?.text === meant ? known : record(path, meant);
    const info = statOf(path);
    if (!info) {
      entries.delete(path);
      return undefined;
    }
    const stamp = stampOf(info);
    if (known?.stamp === stamp) return known;
    // Many links to one page are followed at a time: the first of them reads it.
    const running = reading.get(path) ?? read(path, stamp).finally(() => reading.delete(path));
    reading.set(path, running);
    return running;
  }

  async function read(path: string, stamp: string): Promise<Entry | undefined> {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const known = entries.get(path);
      const entry = known?.text === text ? known : record(path, text);
      entry.stamp = stamp;
      return entry;
    } catch (error) {
      // Nested too deep for the parser: its own check says so.
      if (!(error instanceof RangeError)) throw error;
      return undefined;
    }
  }

  /** A page with the headings of the Markdown that it imports. */
  async function page(given: string, above: string[] = []): Promise<IndexedPage | undefined> {
    const path = realOf(given);
    if (!/\.mdx?$/.test(path) || !(isInside(folder, path) || isInside(root, path))) return undefined;
    const entry = await load(path);
    if (!entry || entry.partials.length === 0 || above.includes(path)) return entry?.page;
    const inner = await Promise.all(entry.partials.map((one) => page(one, [...above, path])));
    const headings = [...entry.page.headings, ...inner.flatMap((one) => one?.headings ?? [])];
    return { ...entry.page, headings, open: entry.page.open || inner.some((one) => one?.open ?? true) };
  }

  async function numbered(path: string): Promise<IndexedPage | undefined> {
    const found = await page(path);
    if (found === undefined || !site.isOwn) return found;
    const { moved } = await allAddresses();
    const slug = moved.size === 0 ? undefined : moved.get(realOf(path));
    return slug === undefined ? found : { ...found, slug };
  }

  function allAddresses(): Promise<Addresses> {
    addresses ??= pagesUnder(folder, root).then((paths) =>
      addressesOf(ownAddresses(paths, folder, own), site.isOwn === true),
    );
    return addresses;
  }

  function isMade(slug: string): boolean {
    const isResource = site.resources !== false && (slug === 'resources' || ofResources().has(slug));
    const isReference =
      ['rules', 'expressions', 'views'].includes(slug) || isRule(slug.replace(/^rules\//, ''));
    const isStatus = site.status !== false && slug === 'status';
    return isResource || isStatus || (site.rules !== false && isReference);
  }

  /** Slugs of the pages about resources. */
  function ofResources(): ReadonlySet<string> {
    if (generated !== undefined) return generated;
    const { model } = platform;
    const slugs = resourceSlugs(model);
    const indexes = resourceIndexes(model, slugs);
    const lists = [
      ...(indexes.some(({ of }) => of === 'namespace') ? [namespacesSlug] : []),
      ...(model.policies.length > 0 ? [policiesSlug] : []),
    ];
    const files = fileSlugs(platform, slugs.values()).values();
    generated = new Set([...slugs.values(), ...indexes.map(({ slug }) => slug), ...lists, ...files]);
    return generated;
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
    const isTold = told === true;
    return isTold && isMade(slug) ? { is: 'instead', slug } : null;
  }

  async function addressOf(slug: string): Promise<IndexedPage | undefined> {
    const path = (await allAddresses()).holders.get(slug);
    if (path !== undefined) return numbered(path);
    return isMade(slug) ? { ...madePage, slug, title: slug } : undefined;
  }

  return {
    page: numbered,
    address: addressOf,
    addressFault,
    moved: async () => (await allAddresses()).moved,
    paths: () => pagesUnder(folder, root),
    hasPageOf: (place) => site.resources !== false && declaredAt(platform.model)(place) !== undefined,
    parse: (path, text) => {
      const real = realOf(path);
      const known = entries.get(real);
      const entry = known?.text === text ? known : record(real, text);
      const parsed = entry.parsed ?? room.parse(real, text);
      // Trees are large, and a page is judged once: the anchors are what stays.
      entry.parsed = undefined;
      return parsed;
    },
    hold: (path, text) => {
      if (text === null) held.delete(realOf(path));
      else held.set(realOf(path), text);
    },
    tree: (path, text) => {
      const parsed = room.parse(realOf(path), text);
      return parsed.ok ? parsed.tree : null;
    },
    refresh: (paths) => {
      addresses = undefined;
      room.clear();
      const textOf = (path: string) => held.get(path) ?? readPlainFile(path);
      room.plan({ paths: paths.map(realOf), textOf });
    },
  };
}

const madePage = { file: null, left: null, headings: [], open: true, isRead: true, hasBoards: false };

/** Markdown that an MDX page imports, and whether it imports anything else that may show headings. */
function importsOf(tree: Root): { partials: string[]; others: boolean } {
  const partials: string[] = [];
  let others = false;
  for (const node of tree.children) {
    if (node.type !== 'mdxjsEsm') continue;
    for (const [, from = ''] of node.value.matchAll(/\bfrom\s+['"]([^'"]+)['"]/g)) {
      if (/^\..*\.mdx?$/.test(from)) partials.push(from);
      else if (
        !from.startsWith('@astrojs/starlight/') &&
        !/\?raw$|\.(?:svg|png|jpe?g|webp|avif|gif)$/.test(from)
      )
        others = true;
    }
  }
  return { partials, others };
}

/** Which pages the site makes besides the author's; all of them where nobody says. */
export interface SitePages {
  resources?: boolean;
  /** Whether there is a page of what was verified and what was not. */
  status?: boolean;
  rules?: boolean;
  /** Plumbline makes it: its addresses are known. */
  isOwn?: boolean;
}

export interface PageStore extends PageIndex {
  /** The tree of a page with this text, for its own check. */
  parse(path: string, text: string): Parsed;
  /** From now on the page is taken to say this, whatever its file says; null: what that says again. */
  hold(path: string, text: string | null): void;
  /** What is wrong with the address of a page that says `text`; null for nothing. */
  addressFault(path: string, text: string): Promise<AddressFault | null>;
  /** Slugs of the pages that are published under another than their own, by their paths. */
  moved(): Promise<Map<string, string>>;
  /** The tree of what a page might say, which is not kept; null where it has none. */
  tree(path: string, text: string): Root | null;
  /**
   * Looks for the pages anew when they are next asked for by address, and gives the parser what a run has,
   * for those that are named before all others.
   */
  refresh(paths: readonly string[]): void;
}
