import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';

/**
 * An SVG text as a browser reads it inside a page. It is parsed by the HTML rules because that is how it will
 * be parsed there: what is looked at here and what runs there are the same tree.
 */
export function parseSvg(svg: string): Element {
  const root: Root = fromHtml(svg, { fragment: true, space: 'html' });
  const found = root.children.find((node) => node.type === 'element' && node.tagName === 'svg');
  if (found?.type !== 'element') throw new Error('D2 answered with something that is not SVG');
  return found;
}

/** Writes the tree so that it is right both inside a page and as a file of its own. */
export function serializeSvg(svg: Element): string {
  return toHtml(svg, {
    space: 'svg',
    closeSelfClosing: true,
    closeEmptyElements: true,
    characterReferences: { useNamedReferences: false },
  });
}

/** Every element under `parent`, outer ones first, with its own parent. */
export function visit(parent: Element, each: (element: Element, parent: Element) => void): void {
  for (const child of [...parent.children]) {
    if (child.type !== 'element') continue;
    each(child, parent);
    visit(child, each);
  }
}

export function text(property: unknown): string {
  if (Array.isArray(property)) return property.join(' ');
  return property === undefined || property === null || typeof property === 'boolean' ? '' : String(property);
}

export function classesOf(element: Element): string[] {
  const names = element.properties.className;
  return Array.isArray(names) ? names.map(String) : [];
}

export function replaceChild(parent: Element, child: ElementContent, ...by: ElementContent[]): void {
  const at = parent.children.indexOf(child);
  if (at !== -1) parent.children.splice(at, 1, ...by);
}

/** The words in it, titles left out. */
export function wordsOf(node: Element): string {
  const parts = node.children.map((child) => {
    if (child.type === 'text') return child.value;
    return child.type === 'element' && child.tagName !== 'title' ? ` ${wordsOf(child)}` : '';
  });
  return parts.join('').replace(/\s+/g, ' ').trim();
}

export function svgElement(
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[] = [],
): Element {
  return { type: 'element', tagName, properties, children };
}
