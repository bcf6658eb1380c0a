import type { Element } from 'hast';
import type { Definition, Image, Link, Nodes, Parents, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { HostLinks } from './host-links.ts';

/** Gives the links and pictures of a page's Markdown the addresses that they have on the site. */
export async function linkMarkdown(tree: Root, page: string, links: HostLinks): Promise<void> {
  const definitions = new Map<string, Definition>();
  visit(tree, 'definition', (definition) => {
    if (!definitions.has(definition.identifier)) definitions.set(definition.identifier, definition);
  });
  await linkChildren(tree);

  async function linkChildren(parent: Parents): Promise<void> {
    const children: Nodes[] = [];
    for (const child of parent.children as Nodes[]) {
      if ('children' in child) await linkChildren(child);
      children.push(...(await linked(direct(child))));
    }
    parent.children = children as typeof parent.children;
  }

  /** A reference as what it stands for: one definition may serve a link and a picture. */
  function direct(node: Nodes): Nodes {
    if (node.type !== 'linkReference' && node.type !== 'imageReference') return node;
    const definition = definitions.get(node.identifier);
    if (definition === undefined) return node;
    const { url, title } = definition;
    return node.type === 'linkReference'
      ? { ...plain(node), type: 'link', url, title: title ?? null, children: node.children }
      : { ...plain(node), type: 'image', url, title: title ?? null, alt: node.alt ?? '' };
  }

  async function linked(node: Nodes): Promise<Nodes[]> {
    if (node.type === 'definition') return [];
    if (node.type === 'link') {
      const url = await links.link(node.url, page);
      return url === null ? node.children : [{ ...node, url } satisfies Link];
    }
    if (node.type !== 'image') return [node];
    const url = links.picture(node.url, page);
    if (url !== null) return [{ ...node, url } satisfies Image];
    return [{ type: 'text', value: links.notShown(node.alt ?? '') }];
  }
}

/** The same for what was written as HTML, of which only elements that are the author's are given. */
export async function linkHtml(elements: Iterable<Element>, page: string, links: HostLinks): Promise<void> {
  for (const element of elements) {
    const { tagName, properties } = element;
    if (tagName === 'a' && typeof properties.href === 'string') {
      const url = await links.link(properties.href, page);
      if (url === null) delete properties.href;
      else properties.href = url;
    }
    if (tagName === 'img' && typeof properties.src === 'string') {
      const url = links.picture(properties.src, page);
      if (url !== null) properties.src = url;
      else {
        const alt = typeof properties.alt === 'string' ? properties.alt : '';
        Object.assign(element, {
          tagName: 'span',
          properties: {},
          children: [{ type: 'text', value: links.notShown(alt) }],
        });
      }
    }
    if (tagName === 'source' && properties.srcSet !== undefined) {
      const [only = ''] = [properties.srcSet].flat().map(String);
      const url = /[\s,]/.test(only.trim()) ? null : links.picture(only.trim(), page);
      if (url === null) delete properties.srcSet;
      else properties.srcSet = url;
    }
  }
}

function plain({ position, data }: Nodes): Pick<Nodes, 'position' | 'data'> {
  return { ...(position ? { position } : {}), ...(data ? { data } : {}) };
}
