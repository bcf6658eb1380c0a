import type { Definition, Image, Link, Nodes } from 'mdast';
import type { Positions, Spot } from '../../markdown/index.ts';
import type { Place } from '../../source/index.ts';
import type { StatedPage } from '../statement-kind.ts';
import type { LinkStatement } from './types.ts';

/** A link that leads to a page, a heading or a file; nothing for one that leads elsewhere. */
export function findLink({ node, start, end }: Spot, { positions, path }: StatedPage): LinkStatement[] {
  if (!isLink(node)) return [];
  const { url } = node;
  // A scheme, another host, an alias of the build, or a template that is filled in later.
  // What is all capitals and underscores stands for a URL that the reader has.
  if (/^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(url)) return [];
  if (url === '' || /^[a-z][a-z\d+.-]*:|^\/\/|^[~@]|[{}<>$]/i.test(url)) return [];
  const at = placeOfUrl(node, start, end, positions);
  const kind = node.type === 'image' ? 'image' : 'link';
  return [{ type: 'link', place: at ?? positions.place(start, end), url, kind, path }];
}

export function isLink(node: Nodes): node is Definition | Image | Link {
  return ['link', 'image', 'definition'].includes(node.type);
}

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
