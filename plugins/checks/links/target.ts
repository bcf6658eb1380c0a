import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { byName, isInside, realOf, slashed } from '../../base/index.ts';
import { realFolders } from '../../markdown/index.ts';
import { ignoredByGit } from '../../source/index.ts';
import type { CheckContext } from '../types.ts';
import { addressOnSite, addressTarget } from './address-target.ts';
import { decoded, splitUrl } from './decoded-url.ts';
import { fileOnSite, fileTarget } from './file-target.ts';
import type { Site } from './site.ts';
import { isOnSite } from './site-page.ts';
import { type LinkStatement, outside, type Target } from './types.ts';

/**
 * Where a link leads: a page, a file or folder of the repository, nowhere, or where only a build or another
 * repository can tell. On a page of a site of ours that is what a browser meets once links to files have been
 * given their addresses; on any other, relative links are tried as files, as a Git host reads them, and then
 * as addresses.
 */
export async function targetOf(statement: LinkStatement, context: CheckContext): Promise<Target> {
  const { url, path: own } = statement;
  const { path } = splitUrl(url);
  if (own === null) return { to: 'unknown', why: 'the page has no file' };
  if (path === '') return fileTarget(own, context);
  const { site, platform } = context;
  const onSite = isOnSite(own, platform.config) ? site : null;
  return onSite?.facts.isOwn ? browserTarget(statement, onSite, context) : hostTarget(own, path, context);
}

/** What a browser meets that follows a link of a built page. */
async function browserTarget(
  { url, path: own, taken, kind }: LinkStatement,
  site: Site,
  context: CheckContext,
): Promise<Target> {
  const { path } = splitUrl(url);
  const from = await context.pages.page(own ?? '');
  if (path.startsWith('/')) return addressOnSite(decoded(path), from, site, context);
  if (/^file:/i.test(url)) return notTaken;
  const file = resolve(dirname(own ?? ''), decoded(path));
  if (taken === 'file') {
    const real = realOf(file);
    const target = !existsSync(file)
      ? await missing(file, context)
      : isHere(real, context)
        ? await fileTarget(real, context)
        : outside;
    return target === outside && kind === 'image' ? notTaken : target;
  }
  const asFile = await fileOnSite(file, splitUrl(url), from, context);
  if (taken === 'either' && asFile?.to === 'page') return asFile;
  // Where a part is put is for the pages to say that import it.
  if (from === undefined || from.left === 'part')
    return asFile ?? { to: 'unknown', why: 'it depends on the page that imports this part' };
  const address = new URL(path, `http://site${site.href(from.slug)}`).pathname;
  const met = await addressOnSite(decoded(address), from, site, context);
  if (met.to !== 'nowhere') return met;
  if (taken === 'either') return asFile ?? missing(file, context);
  if (asFile === null) return met;
  const actual = `a browser asks for \`${address}\`: nothing makes an address of a file here`;
  if (asFile.to === 'page' && asFile.lead?.to === 'page')
    return { to: 'nowhere', actual, instead: [site.href(asFile.lead.slug)], isSure: true };
  const help =
    kind === 'image'
      ? `write it as an image of Markdown, which the build takes along, or put it into \`${basename(site.facts.publicDir)}\``
      : null;
  return { to: 'nowhere', actual, ...(help ? { help } : {}) };
}

/**
 * What a Git host shows; where a site is not ours, nobody knows what becomes of its links, so either may do.
 */
async function hostTarget(own: string, path: string, context: CheckContext): Promise<Target> {
  if (path.startsWith('/')) return addressTarget(decoded(path), context);
  const file = resolve(dirname(own), decoded(path));
  const real = realOf(file);
  if (existsSync(file)) return isHere(real, context) ? fileTarget(real, context) : outside;
  const { pages, site, platform } = context;
  const page = await pages.page(own);
  if (page && site && isOnSite(own, platform.config)) {
    const address = new URL(path, `http://site/${page.slug === '' ? '' : `${page.slug}/`}`).pathname;
    const found = await addressTarget(decoded(address), context);
    if (found.to !== 'nowhere') return found;
  } else if (existsSync(`${file}.md`) || existsSync(`${file}.mdx`)) {
    // Other site generators leave the ending out.
    return fileTarget(existsSync(`${file}.md`) ? `${file}.md` : `${file}.mdx`, context);
  }
  return missing(file, context);
}

/** The build takes pictures along, but none from beyond the repository. */
const notTaken: Target = {
  to: 'nowhere',
  actual: 'it lies outside the repository, from where a site takes nothing: it is not shown',
  help: 'put the picture into the repository, and show it by its path',
};

/** A file that is not there, but may be made, or lies where nobody looks. */
async function missing(file: string, context: CheckContext): Promise<Target> {
  const source = sourceOf(file);
  if (source !== undefined) return { to: 'unknown', why: `a build may make it of \`${basename(source)}\`` };
  if (!isHere(realOf(file), context)) return outside;
  const { config } = context.platform;
  const isIgnored = (await ignoredByGit(config, [slashed(config.root, file)])).size > 0;
  return isIgnored
    ? { to: 'unknown', why: 'Git ignores it: a set-up or a build makes it' }
    : { to: 'nowhere' };
}

function isHere(real: string, { platform }: CheckContext): boolean {
  const { root, docs } = realFolders(platform.config);
  return [root, docs].some((folder) => isInside(folder, real));
}

/** What a missing file is made of, where that lies beside it: a drawing's source, a page's Markdown. */
function sourceOf(file: string): string | undefined {
  const [, stem, ending] = /^(.*)\.(\w+)$/.exec(file) ?? [];
  const sources = ending === undefined ? undefined : madeOf[ending.toLowerCase()];
  return sources?.map((one) => `${stem}.${one}`).find((path) => existsSync(path));
}

const drawings = ['d2', 'drawio', 'dot', 'excalidraw', 'mmd', 'puml', 'plantuml', 'tex'];
const madeOf: Record<string, string[]> = byName({ svg: drawings, png: drawings, html: ['md', 'mdx'] });
