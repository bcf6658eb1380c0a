import type { Element, ElementContent } from 'hast';
import type { Nodes, RootContent } from 'mdast';

/**
 * Makes an mdast node come out as an HTML element, in Markdown and MDX alike, without raw HTML. The node
 * loses its type, so that no later plugin takes it for the directive or code that it was.
 */
export function become(node: Nodes, element: Element): void {
  const target = node as unknown as LiveNode;
  for (const key of ['value', 'lang', 'meta', 'name', 'attributes', 'children'] as const) delete target[key];
  target.type = 'plumbline';
  target.children = [];
  target.data = { hName: element.tagName, hProperties: element.properties, hChildren: element.children };
}

/** An element as a node to put among blocks. */
export function live(element: Element): RootContent {
  const node: LiveNode = { type: 'plumbline', children: [], data: {} };
  node.data = { hName: element.tagName, hProperties: element.properties, hChildren: element.children };
  return node as unknown as RootContent;
}

/**
 * Makes a node with children (a directive) come out as an element round them, with a last child more where
 * one is given.
 */
export function dress(node: Nodes, tagName: string, className: string[], options: DressOptions = {}): void {
  const target = node as unknown as LiveNode;
  target.data = { ...target.data, hName: tagName, hProperties: { className, ...options.properties } };
  if (options.last) target.children?.push(live(options.last));
}

interface DressOptions {
  properties?: Element['properties'];
  last?: Element;
}

interface LiveNode {
  type: string;
  value?: string;
  lang?: string;
  meta?: string;
  name?: string;
  attributes?: unknown;
  children?: unknown[];
  data: { hName?: string; hProperties?: Element['properties']; hChildren?: ElementContent[] };
}
