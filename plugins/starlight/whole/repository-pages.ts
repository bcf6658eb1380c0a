import { readdirSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { compareText, isInside, realPath, slashed } from '../../base/index.ts';
import type { Engine } from '../../engine/index.ts';
import { isPart, pagesUnder } from '../../markdown/index.ts';
import type { Sources } from '../../source/index.ts';
import type { PublishedPage } from '../pages/published-page.ts';
import { createSlugs, slugParts } from './slugs.ts';

/**
 * The Markdown of a repository that a site of the whole of it shows: the docs folder, the README at its top,
 * and those of folders with manifests in them, at any depth.
 */
export async function repositoryPages({ platform, pages }: Engine): Promise<PublishedPage[]> {
  const { config, sources } = platform;
  const named = [
    ...(await pagesUnder(config.docs, config.root)),
    ...readmesOf(config.root, sources).map((file) => resolve(config.root, file)),
  ];
  const found = new Map<string, string>();
  for (const path of named) {
    const real = realPath(path);
    if (real === undefined || isPart(path) || !isInside(config.root, real) || found.has(real)) continue;
    found.set(real, slashed(config.root, real));
  }
  const files = [...found].sort(([, a], [, b]) => compareText(a, b));
  pages.refresh([...found.keys()]);
  const free = createSlugs();
  const published: PublishedPage[] = [];
  for (const [path, file] of files) {
    const page = await pages.page(path);
    // A draft is not to be published yet, and what does not parse has no page.
    if (page === undefined || page.left !== null) continue;
    published.push({ path, file, slug: free(slugOf(file)), title: page.title });
  }
  return published;
}

/** READMEs of the top and of folders that hold manifests. */
function readmesOf(root: string, { files }: Sources): string[] {
  const folders = new Set<string>();
  for (const { path, role } of files.values()) {
    if (role !== 'manifest' && role !== 'kustomization' && role !== 'chart') continue;
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder))
      folders.add(folder);
  }
  const top = readdirSync(root).filter((name) => isReadme(name));
  const below = [...files.keys()].filter((path) => isReadme(path) && folders.has(posix.dirname(path)));
  return [...new Set([...top, ...below])];
}

function isReadme(path: string): boolean {
  return /(?:^|\/)readme\.mdx?$/i.test(path);
}

/** `pages/` and its path, without the name of a README or an index: a site's own pages lie elsewhere. */
function slugOf(file: string): string {
  const parts = slugParts(file.replace(/\.mdx?$/i, ''));
  const isIndex = parts.length > 1 && /^(?:readme|index)$/.test(parts.at(-1) ?? '');
  return ['pages', ...(isIndex ? parts.slice(0, -1) : parts)].join('/');
}

/** Where the Markdown of a folder is read, by the path of the folder; the first of several. */
export function readmeOf(folder: string, pages: readonly PublishedPage[]): PublishedPage | undefined {
  return pages.find(({ file }) => posix.dirname(file) === folder && isReadme(file));
}
