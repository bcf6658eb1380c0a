import type { Definition, Image, Link, Nodes } from 'mdast';
import { linksOf, runsSomething, type Spot, type WrittenLink } from '../../markdown/index.ts';
import type { StatedPage } from '../statement-kind.ts';
import { isOnSite } from './site-page.ts';
import type { LinkStatement } from './types.ts';

/** What leads to a page, a heading or a file, or would run; nothing for what leads elsewhere. */
export function findLink(spot: Spot, { positions, path, platform, site }: StatedPage): LinkStatement[] {
  const links = linksOf(spot, positions);
  if (links.length === 0) return [];
  const isOwn = path !== null && site?.facts.isOwn === true && isOnSite(path, platform.config);
  return links.flatMap((link, at) => {
    // What components and front matter mean is known of a site of ours alone.
    const isKnown = isOwn || (link.in !== 'mdx' && link.in !== 'front matter');
    return (isKnown && link.taken !== 'scheme' ? isJudged(link) : runsSomething(link.url, link.kind))
      ? [linkStatement(link, path, at)]
      : [];
  });
}

export function linkStatement(
  { url, kind, taken, component, place }: Omit<WrittenLink, 'in'>,
  path: string | null,
  at: number = 0,
): LinkStatement {
  return { type: 'link', url, kind, taken, component, place, path, at };
}

/** What something can be said of: where it leads, or that no reader may follow it. */
export function isJudged(link: Pick<WrittenLink, 'url' | 'kind'>): boolean {
  const isLocal = link.kind === 'image' && /^file:/i.test(link.url);
  return leadsSomewhere(link) || isLocal || runsSomething(link.url, link.kind);
}

/** False for a scheme, another host, an alias of the build, or a template that is filled in later. */
function leadsSomewhere({ url }: Pick<WrittenLink, 'url'>): boolean {
  // What is all capitals and underscores stands for a URL that the reader has.
  if (/^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/.test(url)) return false;
  return url !== '' && !/^[a-z][a-z\d+.-]*:|^\/\/|^[~@]|[{}<>$]/i.test(url);
}

export function isLink(node: Nodes): node is Definition | Image | Link {
  return ['link', 'image', 'definition'].includes(node.type);
}
