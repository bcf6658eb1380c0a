import { readdirSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { entryAt, isMisspelt, nearest, slashed } from '../../base/index.ts';
import { spending } from '../page-work.ts';
import type { CheckContext } from '../types.ts';
import { decoded, splitUrl } from './decoded-url.ts';
import { isOnSite } from './site-page.ts';
import type { LinkStatement } from './types.ts';

/**
 * What a link that leads nowhere may have meant, written as it would stand in the page: a line of a file,
 * where the same folder and file stand, where the file has moved to, the same name with another ending, what
 * stands beside it under a similar name, similar paths elsewhere. The first of these that has any; none where
 * the page has no steps left to look.
 */
export async function nearestTargets(statement: LinkStatement, context: CheckContext): Promise<string[]> {
  const { path, query, written } = splitUrl(statement.url);
  if (statement.path === null || path === '') return [];
  const rest = `${query}${written === null ? '' : `#${written}`}`;
  if (path.startsWith('/')) return nearestAddresses(path, rest, statement.path, context);
  // A browser reads it from the page's address, where no file lies.
  if (statement.taken === 'address' && isOfOwnSite(statement.path, context)) return [];
  const folder = dirname(statement.path);
  const [, inFile, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(path) ?? [];
  // As an editor takes it; a Git host looks for a file of that name.
  if (inFile !== undefined && entryAt(resolve(folder, decoded(inFile)))?.isFile())
    return [`${inFile}${query}#L${line}`];
  const wanted = resolve(folder, decoded(path));
  const { files: sources } = context.platform.sources;
  if (context.work.take((await context.pages.paths()).length + sources.size) !== null) return [];
  const all = (await filesOf(context)).filter((file) => file !== folder);
  const files = all.filter((file) => formOf(file) === formOf(wanted));
  const pages = all.filter((file) => formOf(file) === 'page');
  const isNamedSo = (file: string) => isTelling(file) && withoutEnding(basename(file)) === basename(wanted);
  const beside = namesIn(dirname(wanted))
    .map((name) => resolve(dirname(wanted), name))
    .filter((file) => file !== folder);
  const alike = beside.filter((file) => formOf(file) === formOf(wanted));
  const stem = withoutEnding(wanted);
  const tiers = [
    // On many sites a page is a folder of its own: `../guide/` for `guide.md`.
    () => (formOf(wanted) === 'other' && extname(wanted) === '' ? pages.filter(isNamedSo) : []),
    () => sameEnd(files, decoded(path)),
    () => files.filter((file) => isTelling(wanted) && basename(file) === basename(wanted)),
    () => alike.filter((file) => withoutEnding(file) === stem),
    () =>
      nearest(
        basename(wanted),
        alike.map((file) => basename(file)),
      ).map((name) => resolve(dirname(wanted), name)),
    () => nearest(wanted, files).filter((file) => isMisspelt(tellingName(wanted), tellingName(file))),
  ];
  for (const tier of tiers) {
    const found = spending(context, tier);
    if (!found.ok) return [];
    if (found.value.length > 0)
      return found.value.slice(0, 3).map((file) => writtenFrom(folder, file, path) + rest);
  }
  return [];
}

async function nearestAddresses(
  path: string,
  rest: string,
  own: string,
  context: CheckContext,
): Promise<string[]> {
  const { pages, site } = context;
  const paths = await pages.paths();
  if (context.work.take(paths.length * perPage) !== null) return [];
  const known = await Promise.all(paths.map((one) => pages.page(one)));
  const isOwn = isOfOwnSite(own, context);
  const addresses = known.flatMap((page) => {
    if (!page || (isOwn && page.left !== null)) return [];
    return [(isOwn ? site?.href(page.slug) : undefined) ?? `/${page.slug}/`];
  });
  const found = spending(context, () => nearest(path, addresses));
  return found.ok ? found.value.map((address) => address + rest) : [];
}

/** Steps to wait for one and make its address. */
const perPage = 4;

function isOfOwnSite(own: string, { site, platform }: CheckContext): boolean {
  return site?.facts.isOwn === true && isOnSite(own, platform.config);
}

/** Pages of the docs and files of the manifest roots. */
async function filesOf({ platform, pages }: CheckContext): Promise<string[]> {
  const sources = [...platform.sources.files.keys()].map((file) => resolve(platform.config.root, file));
  return [...new Set([...(await pages.paths()), ...sources])];
}

function writtenFrom(folder: string, file: string, path: string): string {
  const way = slashed(folder, file).replaceAll(' ', '%20');
  return path.startsWith('./') && !way.startsWith('.') ? `./${way}` : way;
}

/** Pages, images, and all the rest: what is meant is of the same form. */
function formOf(path: string): 'page' | 'image' | 'other' {
  if (/\.mdx?$/i.test(path)) return 'page';
  return /\.(?:svg|png|jpe?g|gif|webp|avif)$/i.test(path) ? 'image' : 'other';
}

/** Those that share most of the path's last segments, at least the file and its folder. */
function sameEnd(files: readonly string[], path: string): string[] {
  const wanted = path.split('/').filter((part) => !/^\.{0,2}$/.test(part));
  const shared = files.map((file) => {
    const parts = file.split('/');
    const differs = wanted.findIndex((_part, index) => wanted.at(-1 - index) !== parts.at(-1 - index));
    return differs < 0 ? wanted.length : differs;
  });
  const most = shared.reduce((a, b) => Math.max(a, b), 2);
  return files.filter((_file, index) => shared[index] === most);
}

/** Every folder may have an `index.md`: the name alone says nothing. */
function isTelling(path: string): boolean {
  return !/^(?:index|readme|kustomization|values|chart)\./i.test(basename(path));
}

/** A file's name; that of its folder where the file's says nothing. */
function tellingName(path: string): string {
  return basename(isTelling(path) ? path : dirname(path));
}

function withoutEnding(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}

function namesIn(folder: string): string[] {
  return entryAt(folder)?.isDirectory() ? readdirSync(folder).sort() : [];
}
