import type { CompiledDrawing } from '../../d2/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Place } from '../../source/index.ts';
import { relationsBetween, tellRelation } from './relations.ts';
import type { DrawnDiagram } from './types.ts';

/**
 * What a reader is told who points at a shape or an edge of one board: the resource and the line of its
 * manifest (`AppProject/shop, IT/argocd/shop.yaml:4`), or the relation and the line that declares it; null
 * where the drawing says nothing of the model.
 * @param board its id; without it the diagram's own.
 */
export function tipOf(
  platform: Platform,
  drawing: DrawnDiagram,
  board?: string,
): (of: 'shape' | 'edge', id: string) => string | null {
  const { compiled, bound }: Board = boardOf(drawing, board);
  const resource = (id: string) => {
    const found = bound[id];
    return found === undefined ? undefined : platform.resource(found);
  };
  const edges = new Map(compiled.edges.map((edge) => [edge.id, edge]));
  return (of, id) => {
    if (of === 'shape') {
      const found = resource(id);
      return found === undefined ? null : `${platform.referenceOf(found)}, ${at(found.origin)}`;
    }
    const edge = edges.get(id);
    const [from, to] = [resource(edge?.from ?? ''), resource(edge?.to ?? '')];
    const [relation] = edge && from && to ? relationsBetween(platform, edge, from, to) : [];
    return relation === undefined ? null : `${tellRelation(platform, relation)}, ${at(relation.origin)}`;
  };
}

function boardOf(drawing: DrawnDiagram, board: string | undefined): Board {
  if (board === undefined) return drawing;
  return {
    compiled: drawing.compiled.boards.find(({ id }) => id === board) ?? { edges: [] },
    bound: drawing.boards.find(({ id }) => id === board)?.bound ?? {},
  };
}

function at({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

interface Board {
  compiled: Pick<CompiledDrawing, 'edges'>;
  bound: Record<string, string>;
}
