import { dirname, resolve } from 'node:path';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { isBelow, realPath, slashed } from '../../base/index.ts';
import { decoded } from '../../checks/index.ts';
import { pageSlug } from '../../markdown/index.ts';
import type { Place } from '../../source/index.ts';
import { isWithin } from '../run/options.ts';
import { href, type SiteAddress } from './site-links.ts';

/**
 * Links that are written as files, so that they work on any Git host
 * (`../architecture/applications.md#waves`): to a page they become addresses of the site, to another file of
 * the repository links to where it is browsed. An address that would run something is no link. A link whose
 * file does not exist stays as it is: `link-broken` tells of it.
 */
export function remarkPageLinks(options: PageLinksOptions) {
  return (tree: Root, file: VFile) => {
    visit(tree, ['link', 'definition'], (node, index, parent) => {
      if (node.type === 'definition' && runsSomething(node.url)) node.url = '#';
      if (node.type !== 'link' || !runsSomething(node.url)) return;
      parent?.children.splice(index ?? 0, 1, ...node.children);
      return index;
    });
    const page = file.path === undefined ? undefined : realPath(file.path);
    const { docs } = options;
    if (page === undefined || docs === undefined || !isBelow(docs, page)) return;
    visit(tree, (node, index, parent) => {
      if (node.type === 'image' && leadsOut(node.url, page, options)) {
        const value = `${node.alt ?? ''} (a picture beyond the repository is not shown)`.trim();
        parent?.children.splice(index ?? 0, 1, { type: 'text', value });
        return;
      }
      if (node.type !== 'link' && node.type !== 'definition') return;
      node.url = resolveLink(node.url, page, docs, options) ?? node.url;
    });
  };
}

/** An address that a browser runs, however it is written: browsers skip blanks and control characters. */
function runsSomething(url: string): boolean {
  return /^(?:javascript|vbscript|data):/i.test(decoded(url).replaceAll(/[\p{Cc}\p{Z}]/gu, ''));
}

/** Astro would take up whatever picture a path leads to. */
function leadsOut(url: string, page: string, { root, docs }: PageLinksOptions): boolean {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(url)) return false;
  const target = realPath(resolve(dirname(page), decoded(url.replace(/[?#].*$/, ''))));
  return target !== undefined && !isWithin(target, { root, docs });
}

function resolveLink(
  url: string,
  page: string,
  docs: string,
  { address, root, browse }: PageLinksOptions,
): string | undefined {
  const match = url.match(/^([^#?:]+)(\?[^#]*)?(#.*)?$/);
  const path = match?.[1];
  if (path === undefined || path.startsWith('/')) return undefined;
  const target = realPath(resolve(dirname(page), decoded(path)));
  if (target === undefined) return undefined;
  if (isBelow(docs, target))
    return /\.mdx?$/i.test(target)
      ? `${href(address, pageSlug(target, docs))}${match?.[2] ?? ''}${match?.[3] ?? ''}`
      : undefined;
  const top = realPath(root) ?? root;
  if (!isBelow(top, target)) return undefined;
  const line = Number(/^#L(\d+)/.exec(match?.[3] ?? '')?.[1] ?? 1);
  const file = slashed(top, target);
  return browse({ file, line, column: 1, endLine: line, endColumn: 1 }) ?? undefined;
}

export interface PageLinksOptions {
  address: SiteAddress;
  /** Absolute. */
  docs: string | undefined;
  /** Absolute. */
  root: string;
  /** Where a place of the repository is browsed; null where that is not known. */
  browse(place: Place): string | null;
}
