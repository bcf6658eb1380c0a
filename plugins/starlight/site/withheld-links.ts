import { dirname, resolve } from 'node:path';
import type { Image, Link, Nodes, Parents, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { realPath } from '../../base/index.ts';
import { decoded } from '../../checks/index.ts';
import { runsSomething, wellFormed, withholdLinks } from '../../markdown/index.ts';
import { isWithin } from '../run/options.ts';
import { drawingUri } from '../untrusted/drawings.ts';

/**
 * What a page must not publish: an address that would run something is no link, and a picture beyond the
 * repository and the pages, which Astro would take up, becomes words, whether its path stands with it or in a
 * definition. Of pages that are not one's own a picture of another host is a link, and SVG, which may hold a
 * script, is no file of the site.
 */
export function remarkWithheld(site: WithholdingSite) {
  return (tree: Root, file: VFile) => {
    visit(tree, (node, index, parent) => {
      if (node.type === 'image' || node.type === 'definition') node.url = wellFormed(node.url);
      if (node.type !== 'link' || !runsSomething(node.url)) return withholdLinks(node, runsSomething, tree);
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
    const walk = (parent: Parents, isInLink: boolean): void => {
      const children = parent.children as Nodes[];
      for (const [index, node] of children.entries()) {
        if ('children' in node) walk(node, isInLink || node.type === 'link' || node.type === 'linkReference');
        const url = urlOf(node);
        if (url === undefined || !('alt' in node)) continue;
        const instead = pictureInstead(url, node.alt ?? '', page, site);
        const [words] = instead?.type === 'link' ? instead.children : [];
        if (instead !== null) children[index] = isInLink ? (words ?? instead) : instead;
      }
    };
    walk(tree, false);
  };
}

/** What stands in the place of a picture; null where it may be shown. */
function pictureInstead(url: string, alt: string, page: string, site: WithholdingSite): Instead | null {
  const words = (why: string): Instead => ({ type: 'text', value: `${alt} (${why})`.trim() });
  const isElsewhere = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url);
  if (/^file:/i.test(url)) return words(notShown);
  if (isElsewhere && site.untrusted && !/^data:/i.test(url))
    return { type: 'link', url, children: [{ type: 'text', value: alt || url }] };
  if (isElsewhere || url.startsWith('#')) return null;
  const target = realPath(resolve(dirname(page), decoded(url.replace(/[?#].*$/, ''))));
  // Astro ends a build for a picture that is not there, of which the check has told. Others may be aliases.
  const isFile = site.untrusted ? !url.startsWith('/') : /^\.{1,2}\//.test(url);
  if (target === undefined) return isFile ? words('a picture that is not there') : null;
  if (!isWithin(target, site)) return words(notShown);
  if (!site.untrusted || /\.(?:png|jpe?g|gif|webp|avif)$/i.test(target)) return null;
  if (!/\.svg$/i.test(target)) return words('no picture that a page can show');
  const drawing = drawingUri(target);
  return drawing === null
    ? words('a picture that is too large to be shown')
    : { type: 'image', alt, url: drawing };
}

const notShown = 'a picture beyond the repository is not shown';

type WithholdingSite = Parameters<typeof isWithin>[1] & { untrusted: boolean };
type Instead = Text | Link | Image;
