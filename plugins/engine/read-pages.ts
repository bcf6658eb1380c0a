import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Root } from 'mdast';
import { isInside } from '../base/index.ts';
import {
  anchorsOf,
  createPositions,
  isDraft,
  isPart,
  type Parsed,
  type ParseRoom,
  pageName,
  pageSlug,
  pageTitle,
} from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Entry } from './kept-pages.ts';
import { drawsBoards, hasLiveHeading } from './live-anchors.ts';
import { stampOf, statOf } from './page-addresses.ts';

/**
 * Reads pages when they are first asked for, and again when their files have changed.
 * @param folder of the docs, with links followed, as all paths are here.
 * @param entries holds what is known of each page.
 */
export function createPageReader(
  config: Platform['config'],
  folder: string,
  entries: Map<string, Entry>,
  room: ParseRoom,
): PageReader {
  /** Texts of pages that are open in an editor, and not as their files are. */
  const held = new Map<string, string>();
  const reading = new Map<string, Promise<Entry | undefined>>();
  return { load, parse, held };

  async function load(path: string): Promise<Entry | undefined> {
    const known = entries.get(path);
    const open = held.get(path);
    if (open !== undefined) return known?.text === open ? known : record(path, open);
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
      // Nested too deep for the parser: the page's own check says so.
      if (!(error instanceof RangeError)) throw error;
      return undefined;
    }
  }

  function parse(path: string, text: string): Parsed {
    const known = entries.get(path);
    const entry = known?.text === text ? known : record(path, text);
    const parsed = entry.parsed ?? room.parse(path, text);
    // Trees are large, and a page is judged once; its anchors are what stays.
    entry.parsed = undefined;
    return parsed;
  }

  function record(path: string, text: string): Entry {
    const parsed = room.parse(path, text);
    const tree = parsed.ok ? parsed.tree : undefined;
    const file = pageName(path, config);
    const imports = tree ? importsOf(tree) : { partials: [], others: true };
    const entry: Entry = {
      text,
      parsed,
      page: {
        file,
        slug: isInside(folder, path) ? pageSlug(path, folder, text) : '',
        title: pageTitle(file, text, tree).text,
        left: isPart(path) ? 'part' : isDraft(text) ? 'draft' : null,
        headings: tree ? anchorsOf(tree, createPositions(file, text)) : [],
        open: imports.others || (tree !== undefined && hasLiveHeading(tree)),
        isRead: parsed.ok,
        hasBoards: tree !== undefined && drawsBoards(tree),
      },
      partials: imports.partials.map((one) => resolve(dirname(path), one)),
    };
    entries.set(path, entry);
    return entry;
  }
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

interface PageReader {
  /** A page as its file or its editor has it; nothing where there is none, or none that can be read. */
  load(path: string): Promise<Entry | undefined>;
  /** The tree of a page with this text, for its own check. */
  parse(path: string, text: string): Parsed;
  /** By path, the text that stands for that of the file. */
  held: Map<string, string>;
}
