import type { Element } from 'hast';
import type { Compiled, RenderOptions } from '../types.ts';
import { safeHref } from './clean.ts';
import type { Objects } from './objects.ts';
import { classesOf, replaceChild, svgElement, text, visit, wordsOf } from './tree.ts';

/**
 * Links as the page resolves them; what it does not resolve, and every address that could run something, becomes plain drawing.
 * The accessible name begins with the words that are seen (WCAG 2.5.3), then says what they stand for.
 * @returns how many links are left.
 */
export function resolveLinks(
  svg: Element,
  objects: Objects,
  compiled: Extract<Compiled, { ok: true }>,
  resolve: RenderOptions['resolveLink'],
): number {
  const ids = new Map<Element, string>();
  for (const [id, group] of [...objects.shapes, ...objects.edges]) ids.set(group, id);
  const links = new Map([...compiled.shapes, ...compiled.edges].map(({ id, link }) => [id, link]));
  let left = 0;
  const walk = (parent: Element, owner: string): void => {
    for (const child of [...parent.children]) {
      if (child.type !== 'element') continue;
      const id = ids.get(child) ?? owner;
      if (child.tagName === 'a') left += resolveOne(child, parent, id);
      walk(child, id);
    }
  };
  const resolveOne = (anchor: Element, parent: Element, owner: string): number => {
    const inner = anchor.children.find((node) => node.type === 'element' && ids.has(node));
    const id = inner?.type === 'element' ? (ids.get(inner) ?? owner) : owner;
    const html = anchor.children.every(
      (node) => node.type !== 'element' || !['g', 'text'].includes(node.tagName),
    );
    const written = html ? text(anchor.properties.href) : (links.get(id) ?? text(anchor.properties.href));
    const target = written === '' ? null : resolve(written, id);
    if (target === null || !safeHref(target.href)) {
      replaceChild(parent, anchor, ...anchor.children);
      return 0;
    }
    const words = wordsOf(anchor);
    const named =
      target.title === '' || target.title.includes(words) ? target.title : `${words}: ${target.title}`;
    anchor.properties = { href: target.href };
    // In SVG the title is name and tooltip in one; HTML has an attribute for each.
    if (html && named !== '') anchor.properties.ariaLabel = named;
    if (!html && named !== '')
      anchor.children.unshift(svgElement('title', {}, [{ type: 'text', value: named }]));
    markOutline(anchor);
    return 1;
  };
  walk(svg, '');
  return left;
}

/** D2's link icon says nothing that the underlined label does not; its tooltip icon becomes a small `i` in the theme's colours. */
export function replaceIcons(svg: Element): void {
  visit(svg, (element, parent) => {
    if (!classesOf(element).includes('appendix-icon')) return;
    const title = element.children.find((node) => node.type === 'element' && node.tagName === 'title');
    if (title === undefined) return replaceChild(parent, element);
    element.properties = { transform: element.properties.transform };
    element.children = [
      title,
      svgElement('circle', { cx: '16', cy: '16', r: '9', className: ['fill-N7', 'stroke-B1'] }),
      svgElement(
        'text',
        {
          x: '16',
          y: '20.5',
          className: ['text-bold', 'fill-N2'],
          style: 'text-anchor:middle;font-size:13px',
        },
        [{ type: 'text', value: 'i' }],
      ),
    ];
  });
}

function markOutline(anchor: Element): void {
  visit(anchor, (element) => {
    if (!['rect', 'path', 'ellipse', 'circle', 'polygon'].includes(element.tagName)) return;
    element.properties.className = [...classesOf(element), 'd2-shape'];
  });
}
