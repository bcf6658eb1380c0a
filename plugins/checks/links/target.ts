import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isBelow, isInside, realOf, slashed } from '../../base/index.ts';
import type { IndexedPage } from '../../markdown/index.ts';
import type { CheckContext } from '../types.ts';
import { decoded, splitUrl } from './decoded-url.ts';
import { siteOf } from './site.ts';
import type { LinkStatement } from './types.ts';

/**
 * Where a link leads: a page, a file or folder of the repository, nowhere, or where only a build or another
 * repository can tell. Relative links are tried as files, as a Git host reads them, and then as addresses, as
 * a browser does.
 */
export async function targetOf({ url, path: own }: LinkStatement, context: CheckContext): Promise<Target> {
  const { path } = splitUrl(url);
  if (own === null) return { to: 'unknown', why: 'the page has no file' };
  if (path === '') return pageTarget(own, context);
  if (path.startsWith('/')) return addressTarget(decoded(path), context);
  const file = resolve(dirname(own), decoded(path));
  const { root, docs } = context.platform.config;
  const real = realOf(file);
  const isHere = [root, realOf(docs)].some((folder) => isInside(folder, real));
  if (existsSync(file)) return isHere ? pageTarget(real, context) : outside;
  const page = await context.pages.page(own);
  const site = siteOf(context.platform.config);
  if (page && site && isBelow(realOf(docs), realOf(own))) {
    const address = new URL(path, `http://site/${page.slug === '' ? '' : `${page.slug}/`}`).pathname;
    const found = await addressTarget(decoded(address), context);
    if (found.to !== 'nowhere') return found;
  } else if (existsSync(`${file}.md`) || existsSync(`${file}.mdx`)) {
    // Other site generators leave the ending out.
    return pageTarget(existsSync(`${file}.md`) ? `${file}.md` : `${file}.mdx`, context);
  }
  const source = sourceOf(file);
  if (source !== undefined) return { to: 'unknown', why: `a build may make it of \`${basename(source)}\`` };
  return isHere ? { to: 'nowhere' } : outside;
}

/** What a missing file is made of, where that lies beside it: a drawing's source, a page's Markdown. */
function sourceOf(file: string): string | undefined {
  const [, stem, ending] = /^(.*)\.(\w+)$/.exec(file) ?? [];
  const sources = ending === undefined ? undefined : madeOf[ending.toLowerCase()];
  return sources?.map((one) => `${stem}.${one}`).find((path) => existsSync(path));
}

/** An address from the top of the site; on a Git host from the top of the repository. */
async function addressTarget(path: string, { platform, pages }: CheckContext): Promise<Target> {
  const { root } = platform.config;
  const slug = path.replaceAll(/^\/+|\/+$/g, '').replace(/(?:\/?index)?\.html$/, '');
  const page = await pages.address(slug);
  if (page) return { to: 'page', page, name: page.file ?? slug };
  const site = siteOf(platform.config);
  if (site?.serves(slug) || site?.serves(path.slice(1)) || site?.mentions(slug))
    return { to: 'file', name: path };
  const file = join(root, path);
  if (isBelow(root, file) && existsSync(file)) return { to: 'file', name: path };
  if (!site) return { to: 'unknown', why: 'the addresses of the site are not known here' };
  return site.isDynamic
    ? { to: 'unknown', why: 'the site has pages whose addresses a build makes' }
    : { to: 'nowhere' };
}

async function pageTarget(path: string, { platform, pages }: CheckContext): Promise<Target> {
  const isFolder = statSync(path).isDirectory();
  const files = isFolder ? ['README.md', 'index.md', 'index.mdx'].map((name) => join(path, name)) : [path];
  const file = files.find((one) => existsSync(one)) ?? path;
  const page = await pages.page(file);
  const name = slashed(platform.config.root, path);
  return page ? { to: 'page', page, name: page.file ?? name } : { to: 'file', name };
}

const drawings = ['d2', 'drawio', 'dot', 'excalidraw', 'mmd', 'puml', 'plantuml', 'tex'];
const madeOf: Record<string, string[]> = { svg: drawings, png: drawings, html: ['md', 'mdx'] };

const outside: Target = { to: 'unknown', why: 'it leads out of the repository' };

export type Target =
  | { to: 'page'; page: IndexedPage; name: string }
  | { to: 'file'; name: string }
  | { to: 'nowhere' }
  | { to: 'unknown'; why: string };
