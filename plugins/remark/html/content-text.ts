import type { ElementContent } from 'hast';
import { type Content, nodesOf } from './elements.ts';

/** What a reader sees of some content, with `\u200b` where a line may break inside a word. */
export function textOf(content: Content): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textOf).join('');
  if (content.type === 'text') return content.value;
  if (content.type !== 'element') return '';
  if (content.tagName === 'wbr') return '\u200b';
  const inner = content.children.map(textOf);
  return content.tagName === 'ul' ? inner.join('\n') : inner.join('');
}

/** Where the links of some content lead. */
export function hrefsOf(content: Content): string[] {
  if (typeof content === 'string') return [];
  if (Array.isArray(content)) return content.flatMap(hrefsOf);
  if (content.type !== 'element') return [];
  const { href } = content.properties;
  return [...(typeof href === 'string' ? [href] : []), ...content.children.flatMap(hrefsOf)];
}

/** The same, with a title on what links to an address and has none. */
export function withTitle(content: Content, href: string, title: string): Content {
  if (Array.isArray(content)) return content.flatMap((part) => withTitle(part, href, title));
  if (typeof content === 'string' || content.type !== 'element') return content;
  const { properties } = content;
  if (properties.href === href)
    return { ...content, properties: { ...properties, title: properties.title ?? title } };
  const children = content.children.flatMap((child) => withTitle(child, href, title));
  return { ...content, children: nodesOf(children) as typeof content.children };
}

/** The same, with links to resources that are links like any other, as nearly all in a table are. */
export function withPlainLinks(content: Content): Content {
  if (Array.isArray(content)) return content.flatMap(withPlainLinks);
  if (typeof content === 'string' || content.type !== 'element') return content;
  const { tagName, properties } = content;
  const isOnlyRef = tagName === 'a' && String(properties.className) === 'pl-ref';
  const children = nodesOf(content.children.flatMap(withPlainLinks)) as typeof content.children;
  return {
    ...content,
    properties: isOnlyRef ? { ...properties, className: undefined } : properties,
    children,
  };
}

/** True where two cells are the same to the last link. */
export function isSame(a: Content, b: Content): boolean {
  return textOf(a) === textOf(b) && JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b));
}

function partsOf(content: Content): (ElementContent | string)[] {
  return Array.isArray(content) ? content : [content];
}
