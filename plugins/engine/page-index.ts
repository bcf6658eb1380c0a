import type { Stats } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Root } from 'mdast';
import { entryAt, isInside, realOf } from '../base/index.ts';
import { isRule } from '../checks/index.ts';
import type { IndexedPage, PageIndex } from '../markdown/index.ts';
import {
  anchorsOf,
  createPositions,
  formatOf,
  isDraft,
  isPart,
  type Parsed,
  pageName,
  pageSlug,
  pagesUnder,
  pageTitle,
  parsePage,
} from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import { drawsBoards, hasLiveHeading } from './live-anchors.ts';
import { declaredAt, resourceSlugs } from './resource-slugs.ts';

/**
 * Every page of the docs with its anchors, read when first asked and again when its file has changed. A page
 * is parsed once, whether its own check or a link to it comes first.
 */
export function createPageIndex(platform: Platform, site: SitePages = {}): PageStore {
  const { root, docs } = platform.config;
  const folder = realOf(docs);
  const entries = new Map<string, Entry>();
  const held = new Map<string, string>();
  let addresses: Promise<Map<string, string>> | undefined;
  let generated: Set<string> | undefined;

  function record(path: string, text: string): Entry {
    const parsed = parsePage(text, formatOf(path));
    const file = pageName(path, platform.config);
    const slug = isInside(folder, path) ? pageSlug(path, folder, text) : '';
    const headings = parsed.ok ? anchorsOf(parsed.tree, createPositions(file, text)) : [];
    const title = pageTitle(file, text, parsed.ok ? parsed.tree : undefined).text;
    const { partials, others } = parsed.ok ? importsOf(parsed.tree) : { partials: [], others: true };
    const isOpen = others || (parsed.ok && hasLiveHeading(parsed.tree));
    const hasBoards = parsed.ok && drawsBoards(parsed.tree);
    const left = isPart(path) ? 'part' : isDraft(text) ? 'draft' : null;
    const page: IndexedPage = { file, slug, title, left, headings, open: isOpen, hasBoards };
    const entry = { text, parsed, page, partials: partials.map((one) => resolve(dirname(path), one)) };
    entries.set(path, entry);
    return entry;
  }

  async function load(path: string): Promise<Entry | undefined> {
    const known = entries.get(path);
    const meant = held.get(path);
    if (meant !== undefined) return known?.text === meant ? known : record(path, meant);
    const info = statOf(path);
    if (!info) return undefined;
    const stamp = `${info.mtimeMs} ${info.size}`;
    if (known?.stamp === stamp) return known;
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
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

  async function addressOf(slug: string): Promise<IndexedPage | undefined> {
    addresses ??= pagesUnder(folder, root).then(
      (paths) => new Map(paths.filter((one) => !isPart(one)).map((path) => [pageSlug(path, folder), path])),
    );
    const path = (await addresses).get(slug);
    if (path !== undefined) return page(path);
    generated ??= new Set(resourceSlugs(platform.model).values());
    const isResource = site.resources !== false && (slug === 'resources' || generated.has(slug));
    const isRulePage =
      site.rules !== false &&
      (['rules', 'expressions', 'views'].includes(slug) || isRule(slug.replace(/^rules\//, '')));
    return isResource || isRulePage
      ? { file: null, slug, title: slug, left: null, headings: [], open: true, hasBoards: false }
      : undefined;
  }

  return {
    page,
    address: addressOf,
    paths: () => pagesUnder(folder, root),
    hasPageOf: (place) => site.resources !== false && declaredAt(platform.model)(place) !== undefined,
    parse: (path, text) => {
      const real = realOf(path);
      const known = entries.get(real);
      const entry = known?.text === text ? known : record(real, text);
      const parsed = entry.parsed ?? parsePage(text, formatOf(real));
      // Trees are large, and a page is judged once: the anchors are what stays.
      entry.parsed = undefined;
      return parsed;
    },
    hold: (path, text) => {
      held.set(realOf(path), text);
    },
    refresh: () => {
      addresses = undefined;
    },
  };
}

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

function statOf(path: string): Stats | undefined {
  const info = entryAt(path);
  return info?.isFile() ? info : undefined;
}

interface Entry {
  text: string;
  /** Until the page's own check has taken it. */
  parsed: Parsed | undefined;
  page: IndexedPage;
  /** Absolute paths. */
  partials: string[];
  stamp?: string;
}

/** Which pages the site makes besides the author's; all of them where nobody says. */
export interface SitePages {
  resources?: boolean;
  rules?: boolean;
}

export interface PageStore extends PageIndex {
  /** The tree of a page with this text, for its own check. */
  parse(path: string, text: string): Parsed;
  /** From now on the page is taken to say this, whatever its file says. */
  hold(path: string, text: string): void;
  /** Looks for the pages anew when they are next asked for by address. */
  refresh(): void;
}
