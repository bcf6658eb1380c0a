import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, extname, relative, resolve, sep } from 'node:path';
import { slug as githubSlug } from 'github-slugger';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { parse } from 'yaml';
import { href, type SiteAddress } from './links.ts';

/**
 * Links from page to page, written as files so that they work on any Git host (`../architecture/applications.md#waves`),
 * become addresses of the site. A link whose file does not exist stays as it is.
 */
export function remarkPageLinks(options: { address: SiteAddress; docs: string | undefined }) {
  return (tree: Root, file: VFile) => {
    const page = file.path === undefined ? undefined : realPath(file.path);
    const { docs } = options;
    if (page === undefined || docs === undefined || !isInside(docs, page)) return;
    visit(tree, (node) => {
      if (node.type !== 'link' && node.type !== 'definition') return;
      node.url = resolveLink(node.url, page, docs, options.address) ?? node.url;
    });
  };
}

function resolveLink(url: string, page: string, docs: string, address: SiteAddress): string | undefined {
  const match = url.match(/^([^#?:]+\.mdx?)(\?[^#]*)?(#.*)?$/i);
  const path = match?.[1];
  if (path === undefined || path.startsWith('/')) return undefined;
  const target = realPath(resolve(dirname(page), decodeURI(path)));
  if (target === undefined || !isInside(docs, target)) return undefined;
  return `${href(address, slugOf(target, docs))}${match?.[2] ?? ''}${match?.[3] ?? ''}`;
}

/** The slug that Astro's glob loader gives a file: its path, each part slugged, `index` left out; or the front matter's. */
function slugOf(file: string, docs: string): string {
  const frontMatter = readFileSync(file, 'utf8').match(/^---\r?\n([\s\S]*?)\r?\n---/)?.[1];
  const own: unknown = frontMatter?.includes('slug:') ? parse(frontMatter)?.slug : undefined;
  if (typeof own === 'string') return own === 'index' ? '' : own;
  const path = relative(docs, file).slice(0, -extname(file).length);
  const slug = path
    .split(sep)
    .map((part) => githubSlug(part))
    .join('/');
  return slug.replace(/(^|\/)index$/, '');
}

function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder + sep);
}

function realPath(path: string): string | undefined {
  return existsSync(path) ? realpathSync(path) : undefined;
}
