import type { Element } from 'hast';
import { boardLink } from '../compiled-boards.ts';
import { safeHref } from '../href.ts';
import { markSize } from '../least-width.ts';
import type { CompiledDiagram, CompiledDrawing, RenderOptions } from '../types.ts';
import type { Objects } from './objects.ts';
import { classesOf, replaceChild, svgElement, text, visit, wordsOf } from './svg-tree.ts';

/**
 * Links as the page resolves them; what it does not resolve, and every address that could run something,
 * becomes plain drawing. The accessible name begins with the words that are seen (WCAG 2.5.3), then says what
 * they stand for and where that is written.
 * @param drawn what is drawn of the diagram here.
 * @returns how many links are left.
 */
export function resolveLinks(
  svg: Element,
  objects: Objects,
  { boards }: CompiledDiagram,
  drawn: CompiledDrawing,
  { resolveLink, tip }: Pick<RenderOptions, 'resolveLink' | 'tip'>,
): number {
  const ids = new Map<Element, string>();
  for (const [id, group] of [...objects.shapes, ...objects.edges]) ids.set(group, id);
  const links = new Map([...drawn.shapes, ...drawn.edges].map(({ id, link }) => [id, link]));
  const known = new Set(['root', ...boards.map((board) => board.id)]);
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
    const board = boardLink(written);
    const lost = written === '' || (board !== null && !known.has(board));
    const target = lost ? null : resolveLink(board ?? written, id);
    if (target === null || !safeHref(target.href)) {
      replaceChild(parent, anchor, ...anchor.children);
      return 0;
    }
    const words = wordsOf(anchor);
    const said = told(
      target.title,
      html ? null : (tip?.(objects.edges.has(id) ? 'edge' : 'shape', id) ?? null),
    );
    const named = said === '' || said.startsWith(words) ? said : `${words}: ${said}`;
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

/** What a link stands for, and its tip, which may say the same and more. */
function told(title: string, tip: string | null): string {
  if (tip === null || title === '') return tip ?? title;
  return tip.includes(title) ? tip : `${title}, ${tip}`;
}

/**
 * D2's link icon says nothing that the underlined label does not; its tooltip icon becomes a small `i` in the
 * theme's colours.
 */
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
          style: `text-anchor:middle;font-size:${markSize}px`,
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
