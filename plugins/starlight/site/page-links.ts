import { dirname, resolve } from 'node:path';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { isBelow, realPath, slashed } from '../../base/index.ts';
import { decoded } from '../../checks/index.ts';
import { pageSlug } from '../../markdown/index.ts';
import type { Place } from '../../source/index.ts';
import { href, type SiteAddress } from './site-links.ts';

/**
 * Links that are written as files, so that they work on any Git host
 * (`../architecture/applications.md#waves`): to a page they become addresses of the site, to another file of
 * the repository links to where it is browsed. A link whose file does not exist stays as it is: `link-broken`
 * tells of it.
 */
export function remarkPageLinks(options: PageLinksOptions) {
  return (tree: Root, file: VFile) => {
    const page = file.path === undefined ? undefined : realPath(file.path);
    const { docs } = options;
    if (page === undefined || docs === undefined || !isBelow(docs, page)) return;
    visit(tree, (node) => {
      if (node.type !== 'link' && node.type !== 'definition') return;
      node.url = resolveLink(node.url, page, docs, options) ?? node.url;
    });
  };
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
