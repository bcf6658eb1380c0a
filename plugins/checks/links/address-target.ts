import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isBelow, realOf, slashed } from '../../base/index.ts';
import type { IndexedPage } from '../../markdown/index.ts';
import type { CheckContext } from '../types.ts';
import { isLeftOut, leftOut } from './file-target.ts';
import type { Site } from './site.ts';
import type { Nowhere, Target } from './types.ts';

/**
 * What a browser meets at an address of the site, which begins with a slash and is decoded: a page, what is
 * served as it is, a redirect. Everything lies under the base.
 * @param from the page that has the link.
 */
export async function addressOnSite(
  address: string,
  from: IndexedPage | undefined,
  site: Site,
  context: CheckContext,
): Promise<Target> {
  const { base } = site.facts;
  const paths = underBase(address, base);
  let unknown: Target | undefined;
  for (const path of paths) {
    const target = await targetUnder(path, from, site, context);
    if (target !== null && target.to !== 'unknown') return target;
    unknown ??= target ?? undefined;
  }
  if (unknown) return unknown;
  if (paths.length === 0) return outOfBase(address, from, site, context);
  const file = fileInstead(address, from, context);
  if (file !== null || base === null) return file ?? { to: 'nowhere' };
  // Written for another base.
  const rest = address.slice(Math.max(0, address.indexOf('/', 1)));
  const found = rest === address ? null : await targetUnder(rest, from, site, context);
  const isThere = found?.to === 'page' || found?.to === 'file';
  return { to: 'nowhere', ...(isThere ? { instead: [withBase(rest, base)] } : {}) };
}

/** What is at a path under the base; null for nothing. */
async function targetUnder(
  path: string,
  from: IndexedPage | undefined,
  site: Site,
  context: CheckContext,
): Promise<Target | null> {
  const { trailingSlash, base } = site.facts;
  const page = await pageAt(path, site, context);
  const bare = path.replace(/^\/+/, '');
  if (page === undefined) {
    const name = path;
    const slug = bare.replace(/\/$/, '');
    if (site.serves(bare)) return { to: 'file', name };
    const why = site.mayServe(bare);
    if (why !== null) return { to: 'unknown', why };
    const inLanguage =
      site.facts.locales === null && (await context.pages.address(slug.replace(/^[^/]*\/?/, '')));
    return inLanguage ? { to: 'unknown', why: 'the languages of the site are not known here' } : null;
  }
  if (isLeftOut(page, from)) return { to: 'nowhere', ...leftOut(page) };
  const hasSlash = path.endsWith('/');
  const isWrong =
    path !== '/' &&
    ((trailingSlash === 'always' && !hasSlash && !/\.[^/]+$/.test(path)) ||
      (trailingSlash === 'never' && hasSlash));
  if (isWrong && base !== null)
    return {
      to: 'nowhere',
      actual: `the site answers only ${hasSlash ? 'without' : 'with'} a slash at the end (\`trailingSlash: '${trailingSlash}'\`)`,
      instead: [withBase(hasSlash ? path.slice(0, -1) : `${path}/`, base)],
      isSure: true,
    };
  return { to: 'page', page, name: page.file ?? page.slug };
}

/** The page that is served at a path, by the names that the build gives its files. */
async function pageAt(
  path: string,
  { facts }: Site,
  { pages }: CheckContext,
): Promise<IndexedPage | undefined> {
  const { format, locales } = facts;
  const isFolder = format !== 'file';
  const isFile = format === 'file' || format === 'preserve' || format === null;
  let slug = path.replaceAll(/^\/+|\/+$/g, '');
  if (isFolder || slug === 'index.html') slug = slug.replace(/(?:^|\/)index\.html$/, '');
  if (isFile) slug = slug.replace(/\.html$/, '');
  const page = await pages.address(slug);
  if (page !== undefined || locales === null || locales.length < 2) return page;
  // A page that is not translated is shown in the first language.
  const [fallback = '', ...others] = locales;
  const [language = '', ...rest] = slug.split('/');
  return others.includes(language)
    ? pages.address([fallback, ...rest].filter((part) => part !== '').join('/'))
    : undefined;
}

/** What lies there in the repository is no address; null where nothing does. */
function fileInstead(address: string, from: IndexedPage | undefined, context: CheckContext): Nowhere | null {
  const { root } = context.platform.config;
  const file = join(root, address);
  if (!from?.file || !isBelow(root, file) || !existsSync(file)) return null;
  const way = slashed(dirname(realOf(join(root, from.file))), realOf(file));
  return {
    to: 'nowhere',
    actual: `there is no \`${address}\` on the site; the file of the repository is written by its way from here`,
    instead: [way.replaceAll(' ', '%20')],
    isSure: true,
  };
}

async function outOfBase(
  address: string,
  from: IndexedPage | undefined,
  site: Site,
  context: CheckContext,
): Promise<Nowhere> {
  const base = site.facts.base ?? '/';
  const found = await targetUnder(address, from, site, context);
  const file = found === null ? fileInstead(address, from, context) : null;
  if (file !== null) return file;
  const actual = `the site lies under \`${withBase('/', base)}\`: a browser asks for \`${address}\` outside of it`;
  if (found === null || found.to === 'unknown') return { to: 'nowhere', actual };
  if (found.to === 'nowhere') return { ...found, actual: found.instead ? actual : (found.actual ?? actual) };
  return { to: 'nowhere', actual, instead: [withBase(address, base)], isSure: true };
}

function withBase(path: string, base: string): string {
  return base.replace(/\/$/, '') + path;
}

/** An address as paths under the base, each with a slash before it; none where it lies outside. */
function underBase(address: string, base: string | null): string[] {
  if (base === null) {
    const first = address.indexOf('/', 1);
    return first < 0 ? [address, '/'] : [address, address.slice(first)];
  }
  const bare = base.replace(/\/$/, '');
  if (bare === '') return [address];
  if (address === bare) return [''];
  return address.startsWith(`${bare}/`) ? [address.slice(bare.length)] : [];
}

/**
 * An address from the top of a site that nobody knows more of; on a Git host from the top of the repository.
 */
export async function addressTarget(path: string, { platform, pages, site }: CheckContext): Promise<Target> {
  const { root } = platform.config;
  const slug = path.replaceAll(/^\/+|\/+$/g, '').replace(/(?:\/?index)?\.html$/, '');
  // Its first part may be the base.
  const page =
    (await pages.address(slug)) ??
    (slug.includes('/') ? await pages.address(slug.slice(slug.indexOf('/') + 1)) : undefined);
  if (page) return { to: 'page', page, name: page.file ?? slug };
  if (site?.serves(slug) || site?.serves(path.slice(1))) return { to: 'file', name: path };
  const file = join(root, path);
  if (isBelow(root, file) && existsSync(file)) return { to: 'file', name: path };
  if (!site) return { to: 'unknown', why: 'the addresses of the site are not known here' };
  const why = site.mayServe(slug);
  return why === null ? { to: 'nowhere' } : { to: 'unknown', why };
}
