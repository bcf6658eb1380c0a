import type { Element } from 'hast';
import type { CompiledDrawing, RenderOptions } from '../types.ts';
import type { Objects } from './objects.ts';
import { svgElement, visit } from './svg-tree.ts';

/**
 * Gives shapes and edges what the page has to say of them, but for what the author says; a link has its name.
 */
export function addTips(
  svg: Element,
  { shapes, edges }: Objects,
  drawn: CompiledDrawing,
  tip: RenderOptions['tip'],
): void {
  const written = new Map(drawn.edges.map(({ id, tooltip }) => [id, tooltip]));
  const owners = new Map<Element, ['shape' | 'edge', string]>();
  for (const [id, group] of shapes) owners.set(group, ['shape', id]);
  for (const [id, group] of edges) owners.set(group, ['edge', id]);
  visit(svg, (element, parent) => {
    const owner = owners.get(element);
    if (owner === undefined || parent.tagName === 'a' || isTitled(element)) return;
    const [of, id] = owner;
    const words = (of === 'edge' ? written.get(id) : null) ?? tip?.(of, id) ?? null;
    if (words !== null) element.children.unshift(svgElement('title', {}, [{ type: 'text', value: words }]));
  });
}

function isTitled(element: Element): boolean {
  return element.children.some((node) => node.type === 'element' && node.tagName === 'title');
}
