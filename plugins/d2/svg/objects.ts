import type { Element } from 'hast';
import type { CompiledDrawing } from '../types.ts';
import { classesOf, text, visit } from './svg-tree.ts';

/**
 * Which group of the drawing is which shape or edge. D2 writes an object's escaped id, in base64, as the
 * first class of its group; an id that the compiler does not know (a legend's sample) is no object.
 */
export function objectsOf(svg: Element, compiled: CompiledDrawing): Objects {
  const shapes = new Map(compiled.shapes.map((shape) => [shape.id, shape]));
  const edges = new Map(compiled.edges.map((edge) => [edge.id, edge]));
  const found: Objects = { shapes: new Map(), edges: new Map(), parentOf };
  visit(svg, (element) => {
    const [name] = classesOf(element);
    if (element.tagName !== 'g' || name === undefined || !/^[A-Za-z0-9+/]+=*$/.test(name)) return;
    const id = unescaped(Buffer.from(name, 'base64').toString('utf8'));
    const shape = shapes.get(id);
    const edge = edges.get(id);
    if (shape !== undefined && !found.shapes.has(id)) found.shapes.set(id, element);
    else if (edge !== undefined && !found.edges.has(id)) found.edges.set(id, element);
  });
  return found;

  function parentOf(id: string): string | null {
    for (let dot = id.lastIndexOf('.'); dot > 0; dot = id.lastIndexOf('.', dot - 1)) {
      const parent = id.slice(0, dot);
      if (shapes.has(parent)) return parent;
    }
    return null;
  }
}

/** The shape's own outline: the first thing drawn of it that has a fill. */
export function outlineOf(group: Element): Element | null {
  let found: Element | null = null;
  visit(group, (element) => {
    if (found === null && outlines.has(element.tagName) && text(element.properties.fill) !== 'none')
      found = element;
  });
  return found;
}

function unescaped(id: string): string {
  return id.replace(/&(lt|gt|amp|quot|apos|#39|#34);/g, (_, name: string) => entities[name] ?? '');
}

const entities: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#34': '"',
};
const outlines = new Set(['rect', 'path', 'ellipse', 'circle', 'polygon']);

export interface Objects {
  shapes: Map<string, Element>;
  edges: Map<string, Element>;
  parentOf(id: string): string | null;
}
