import { dirname, resolve } from 'node:path';
import type { Nodes, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { realPath } from '../../base/index.ts';
import { decoded } from '../../checks/index.ts';
import { isWithin } from '../run/options.ts';

/**
 * What a page must not publish: an address that would run something is no link, and a picture beyond the
 * repository and the pages, which Astro would take up, becomes words, whether its path stands with it or in a
 * definition.
 */
export function remarkWithheld(within: Parameters<typeof isWithin>[1]) {
  return (tree: Root, file: VFile) => {
    visit(tree, ['link', 'definition'], (node, index, parent) => {
      if (node.type === 'definition' && runsSomething(node.url)) node.url = '#';
      if (node.type !== 'link' || !runsSomething(node.url)) return;
      parent?.children.splice(index ?? 0, 1, ...node.children);
      return index;
    });
    const page = file.path === undefined ? undefined : realPath(file.path);
    if (page === undefined) return;
    const defined = new Map<string, string>();
    visit(tree, 'definition', ({ identifier, url }) => {
      // Of two with one name the first counts.
      if (!defined.has(identifier)) defined.set(identifier, url);
    });
    const urlOf = (node: Nodes) =>
      node.type === 'image'
        ? node.url
        : node.type === 'imageReference'
          ? defined.get(node.identifier)
          : undefined;
    visit(tree, (node, index, parent) => {
      const url = urlOf(node);
      if (url === undefined || !('alt' in node) || !leadsOut(url, page, within)) return;
      const value = `${node.alt ?? ''} (a picture beyond the repository is not shown)`.trim();
      parent?.children.splice(index ?? 0, 1, { type: 'text', value });
    });
  };
}

/** An address that a browser runs, however it is written: browsers skip blanks and control characters. */
function runsSomething(url: string): boolean {
  return /^(?:javascript|vbscript|data):/i.test(decoded(url).replaceAll(/[\p{Cc}\p{Z}]/gu, ''));
}

function leadsOut(url: string, page: string, within: Parameters<typeof isWithin>[1]): boolean {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(url)) return false;
  const path = url.replace(/[?#].*$/, '');
  const target = realPath(resolve(dirname(page), decoded(path)));
  return target !== undefined && !isWithin(target, within);
}
