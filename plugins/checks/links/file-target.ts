import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isBelow, isInside, realPath, slashed } from '../../base/index.ts';
import { type IndexedPage, realFolders } from '../../markdown/index.ts';
import type { CheckContext } from '../types.ts';
import type { SplitUrl } from './decoded-url.ts';
import { outside, type Target } from './types.ts';

/** A page, a file or a folder that is there, as a Git host shows it: a folder with its page. */
export async function fileTarget(path: string, { platform, pages }: CheckContext): Promise<Target> {
  const isFolder = statSync(path).isDirectory();
  const files = isFolder ? ['README.md', 'index.md', 'index.mdx'].map((name) => join(path, name)) : [path];
  const file = files.find((one) => existsSync(one)) ?? path;
  const page = await pages.page(file);
  const name = slashed(platform.config.root, path);
  return page ? { to: 'page', page, name: page.file ?? name } : { to: 'file', name };
}

/**
 * Where the site makes a path of a file lead: to the page that it makes of it or of a folder's index, else to
 * where the repository is read. Null where there is no such file.
 */
export async function fileOnSite(
  file: string,
  { query, written, fragment }: SplitUrl,
  from: IndexedPage | undefined,
  { platform, pages }: CheckContext,
): Promise<Target | null> {
  const { repository } = platform.config;
  const real = realPath(file);
  if (real === undefined) return null;
  const { root: top, docs: folder } = realFolders(platform.config);
  const isFolder = statSync(real).isDirectory();
  const files = isFolder ? ['index.md', 'index.mdx', 'README.md'].map((name) => join(real, name)) : [real];
  const shown = files.find((one) => isBelow(folder, one) && existsSync(one));
  const page = shown === undefined ? undefined : await pages.page(shown);
  if (page && isLeftOut(page, from)) return { to: 'nowhere', ...leftOut(page) };
  if (page && page.left !== 'part') {
    const rest = `${query}${written === null ? '' : `#${written}`}`;
    return { to: 'page', page, name: page.file ?? page.slug, lead: { to: 'page', slug: page.slug, rest } };
  }
  if (!isInside(top, real)) return outside;
  const name = slashed(top, real);
  const line = Number(/^L(\d+)/.exec(fragment ?? '')?.[1] ?? 1);
  if (repository.browse !== null || pages.hasPageOf({ file: name, line }))
    return { to: 'file', name, lead: { to: 'file', file: name, line } };
  return {
    to: 'nowhere',
    actual: `the site has no page of \`${name}\`, and nothing says where the repository is read`,
    help: 'set `repository.browse` in `plumbline.yaml`, and such links lead there',
  };
}

/** Whether a page is a draft, which another draft may speak of: they may be published together. */
export function isLeftOut(page: IndexedPage, from: IndexedPage | undefined): boolean {
  return page.left === 'draft' && from?.left !== 'draft';
}

export function leftOut(page: IndexedPage): { actual: string; help: string } {
  return {
    actual: `\`${page.file ?? page.slug}\` is a draft, which a build leaves out`,
    help: 'publish it (take `draft: true` out of it), or take the link out',
  };
}
