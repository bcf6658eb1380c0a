import type { Element } from 'hast';
import { text } from './svg-tree.ts';

/**
 * The box around an outline; null where its kind is unknown. Curves count by their control points, which is
 * near enough here.
 */
export function boxOf(outline: Element): Box | null {
  const number = (name: string): number => Number(text(outline.properties[name]) || 0);
  switch (outline.tagName) {
    case 'rect':
      return { x: number('x'), y: number('y'), width: number('width'), height: number('height') };
    case 'ellipse':
      return {
        x: number('cx') - number('rx'),
        y: number('cy') - number('ry'),
        width: 2 * number('rx'),
        height: 2 * number('ry'),
      };
    case 'polygon':
      return around(
        text(outline.properties.points)
          .split(/[\s,]+/)
          .map(Number),
      );
    case 'path':
      return around(pathPoints(text(outline.properties.d)));
    default:
      return null;
  }
}

export function contains({ x, y, width, height }: Box, [left, top]: [number, number]): boolean {
  return left >= x && left <= x + width && top >= y && top <= y + height;
}

/** Points of a path as D2 writes it: absolute commands with points, `H` and `V`; empty for any other. */
function pathPoints(path: string): number[] {
  if (/[a-zA-Z]/.test(path.replace(/[MLCSQTHVZe]/g, ''))) return [];
  const points: number[] = [];
  for (const [, command = '', rest = ''] of path.matchAll(/([MLCSQTHVZ])([^MLCSQTHVZ]*)/g)) {
    const numbers = (rest.match(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? []).map(Number);
    const [x = 0, y = 0] = points.slice(-2);
    if (command === 'H') points.push(...numbers.flatMap((to) => [to, y]));
    else if (command === 'V') points.push(...numbers.flatMap((to) => [x, to]));
    else points.push(...numbers);
  }
  return points;
}

function around(numbers: number[]): Box | null {
  if (numbers.length < 4) return null;
  const xs = numbers.filter((_, at) => at % 2 === 0);
  const ys = numbers.filter((_, at) => at % 2 === 1);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
