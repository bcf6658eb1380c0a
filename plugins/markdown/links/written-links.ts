import type { Definition, Image, Link, Nodes, Root } from 'mdast';
import { oncePer } from '../../base/index.ts';
import type { Place } from '../../source/index.ts';
import { placesIn } from '../body.ts';
import type { Positions } from '../positions.ts';
import type { Spot } from '../spot.ts';
import { frontMatterLinks } from './front-matter-links.ts';
import { type HtmlLink, htmlLinks, withHtmlLink } from './html-links.ts';
import { jsxLinks } from './jsx-links.ts';

/**
 * Every address that a node of a page leads to or shows, itself and not what it holds: links, images and
 * definitions of Markdown, tags of HTML, elements of MDX, and what Starlight makes of front matter.
 */
export function linksOf({ node, ancestors, start, end }: Spot, positions: Positions): WrittenLink[] {
  const root = ancestors[0]?.type === 'root' ? ancestors[0] : undefined;
  switch (node.type) {
    case 'link':
    case 'image':
    case 'definition': {
      const isImage = node.type === 'image' || (root !== undefined && isShown(node, root));
      const place = placeOfUrl(node, start, end, positions) ?? positions.place(start, end);
      const form = isImage ? ({ kind: 'image', taken: 'file' } as const) : followed;
      return [{ url: node.url, ...form, in: 'markdown', component: null, place }];
    }
    case 'html':
      return htmlLinks(node.value).map((link) => ({
        ...{ url: link.url, kind: link.kind, taken: link.taken },
        ...{ in: 'html', component: null, place: placeWithin(node.value, link, start, positions) },
      }));
    case 'yaml': {
      const from = positions.text.indexOf(node.value, start);
      return frontMatterLinks(node.value).map(({ url, kind, taken, ...range }) => ({
        ...{ url, kind, taken, in: 'front matter', component: null },
        place: positions.place(from + range.start, from + range.end),
      }));
    }
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return jsxLinks(node, root).map(({ url, kind, taken, component, attribute }) => {
        const from = positions.toReal(attribute.position?.start.offset ?? 0);
        const to = positions.toReal(attribute.position?.end.offset ?? 0);
        const at = positions.text.slice(from, to).indexOf(url, attribute.name.length + 1);
        return {
          ...{ url, kind, taken, in: 'mdx', component },
          place: at < 0 ? positions.place(from, to) : positions.place(from + at, from + at + url.length),
        };
      });
    default:
      return [];
  }
}

/** Gives a node's link another address, by its number in `linksOf`. */
export function setLink(node: Nodes, at: number, url: string, root?: Root): void {
  if (node.type === 'link' || node.type === 'image' || node.type === 'definition') node.url = url;
  else if (node.type === 'html') node.value = withHtmlLink(node.value, at, url);
  else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
    const attribute = jsxLinks(node, root)[at]?.attribute;
    if (attribute !== undefined) attribute.value = url;
  }
}

/**
 * Takes addresses of a node away, of Markdown, HTML and MDX alike: `#` stands where one was that `isRefused`.
 */
export function withholdLinks(
  node: Nodes,
  isRefused: (url: string, kind: 'link' | 'image') => boolean,
  root?: Root,
): void {
  for (const [at, { url, kind }] of addressesOf(node, root).entries())
    if (isRefused(url, kind)) setLink(node, at, '#', root);
}

/** The same for a text of HTML. */
export function withheldHtml(
  html: string,
  isRefused: (url: string, kind: 'link' | 'image') => boolean,
): string {
  const node: Nodes = { type: 'html', value: html };
  withholdLinks(node, isRefused);
  return node.value;
}

function addressesOf(node: Nodes, root: Root | undefined): Pick<WrittenLink, 'url' | 'kind'>[] {
  if (node.type === 'html') return htmlLinks(node.value);
  if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') return jsxLinks(node, root);
  if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return [];
  const isImage = node.type === 'image' || (root !== undefined && isShown(node, root));
  return [{ url: node.url, kind: isImage ? 'image' : 'link' }];
}

/** True for a definition that a picture takes its address from. */
function isShown(node: Link | Image | Definition, root: Root): boolean {
  return node.type === 'definition' && shownDefinitions(root).has(node.identifier);
}

const shownDefinitions = oncePer((root: Root): Set<string> => {
  const names = new Set<string>();
  const walk = (node: Nodes): void => {
    if (node.type === 'imageReference') names.add(node.identifier);
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(root);
  return names;
});

/** The URL's own characters, as they are written; undefined where escapes make them other than the URL. */
function placeOfUrl(
  { type, url, ...node }: Link | Image | Definition,
  start: number,
  end: number,
  positions: Positions,
): Place | undefined {
  // What stands between the brackets may hold the same characters.
  const inner = 'children' in node ? node.children.at(-1)?.position?.end.offset : undefined;
  const from = inner === undefined ? start : positions.toReal(inner);
  const opening = type === 'definition' ? ']:' : '](';
  const written = positions.text.slice(from, end);
  const closed = type === 'image' ? written.lastIndexOf(opening) : written.indexOf(opening);
  if (closed < 0) return undefined;
  const at = written.indexOf(url, closed + opening.length);
  return at < 0 ? undefined : positions.place(from + at, from + at + url.length);
}

/** The place of a part of a block of HTML, whose lines a list or a quote may have put something before. */
function placeWithin(html: string, link: HtmlLink, start: number, positions: Positions): Place {
  if (positions.text.startsWith(html, start)) return positions.place(start + link.start, start + link.end);
  const before = html.slice(0, link.start).split('\n');
  const [line, column] = [before.length - 1, before.at(-1)?.length ?? 0];
  const endColumn = column + link.end - link.start;
  return placesIn(html, positions.pointAt(start).line, positions)({ line, column, endLine: line, endColumn });
}

const followed = { kind: 'link', taken: 'either' } as const;

export interface WrittenLink {
  /** As it is read: without escapes. */
  url: string;
  kind: 'link' | 'image';
  /**
   * What a relative one is on a site: a `file` that the build takes along, an `address` that a browser asks
   * for, or `either`, a file whose address the site makes of it, else an address. Of a `scheme` nothing is
   * held against anything but how it begins.
   */
  taken: 'file' | 'address' | 'either' | 'scheme';
  in: 'markdown' | 'html' | 'mdx' | 'front matter';
  /**
   * A component of which nobody knows here what it makes of the address; null where nothing is made of it.
   */
  component: string | null;
  /** Of the address alone, where it is written as it is read. */
  place: Place;
}
