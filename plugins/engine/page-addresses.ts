import type { Stats } from 'node:fs';
import { entryAt, readPlainFile, realOf } from '../base/index.ts';
import { isDraft, isPart, pageSlug } from '../markdown/index.ts';

/**
 * The addresses that pages give themselves. A page in `known` whose file was not written since is not read
 * again; afterwards `known` holds these pages and no other.
 */
export function ownAddresses(
  paths: readonly string[],
  folder: string,
  known: Map<string, OwnAddress>,
): OwnAddress[] {
  const before = new Map(known);
  known.clear();
  for (const path of paths) {
    if (isPart(path)) continue;
    const info = statOf(path);
    const stamp = info && stampOf(info);
    const own = before.get(path);
    known.set(path, own !== undefined && own.stamp === stamp ? own : ownAddress(path, folder, stamp));
  }
  return [...known.values()];
}

function ownAddress(path: string, folder: string, stamp: string | undefined): OwnAddress {
  // Nothing for a page that cannot be read: its own check says so.
  const text = readPlainFile(path) ?? '';
  return { path, slug: pageSlug(path, folder, text), isDraft: isDraft(text), stamp };
}

/** The addresses of all pages that are published; of two that would share one the second gets a number. */
export function addressesOf(pages: readonly OwnAddress[], isOwn: boolean): Addresses {
  // A draft may not be published at all.
  const inTurn = [...pages.filter((page) => !page.isDraft), ...pages.filter((page) => page.isDraft)];
  const holders = new Map<string, string>();
  const moved = new Map<string, string>();
  const seconds: [string, string][] = [];
  for (const { path, slug } of inTurn) {
    if (!holders.has(slug)) holders.set(slug, path);
    else if (isOwn) seconds.push([path, slug]);
  }
  for (const [path, slug] of seconds) {
    let number = 2;
    while (holders.has(`${slug || 'index'}-${number}`)) number += 1;
    const at = `${slug || 'index'}-${number}`;
    holders.set(at, path);
    moved.set(realOf(path), at);
  }
  return { holders, moved };
}

export function statOf(path: string): Stats | undefined {
  const info = entryAt(path);
  return info?.isFile() ? info : undefined;
}

/** Changes whenever the file is written. */
export function stampOf({ mtimeMs, size }: Stats): string {
  return `${mtimeMs} ${size}`;
}

export interface Addresses {
  /** The page at each slug. */
  holders: Map<string, string>;
  /** The slugs of pages that could not have their own, by their paths with links followed. */
  moved: Map<string, string>;
}

/** What a page says of its own address. */
export interface OwnAddress {
  path: string;
  slug: string;
  isDraft: boolean;
  /** Of its file as it was read; undefined where there is none. */
  stamp: string | undefined;
}
