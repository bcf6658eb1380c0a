import { type AstMap, stringOf } from './ranges.ts';
import type { CompiledBoard, CompiledDiagram, CompiledDrawing } from './types.ts';

/**
 * Every board under one as D2 answers them, each before its own, in the order in which the text names their
 * kinds.
 */
export function boardsUnder<D extends BoardTree<D>, G extends BoardTree<G> & { ast?: unknown }>(
  diagram: D,
  graph: G,
  path: string[] = [],
): FoundBoard<D, G>[] {
  return kindsInOrder(graph.ast).flatMap((kind) =>
    (diagram[kind] ?? []).flatMap((board, at) => {
      const own = graph[kind]?.[at];
      if (own === undefined) return [];
      const inner = [...path, kind, board.name];
      return [
        { id: idOf(inner), kind: kinds[kind], name: board.name, diagram: board, graph: own },
        ...boardsUnder(board, own, inner),
      ];
    }),
  );
}

/**
 * The id of the board that a link of D2's leads to (`root.layers.detail`, `layers."v1.2"`), `root` for the
 * diagram's own; null where the link is to something else.
 */
export function boardLink(link: string): string | null {
  const path = [...link.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|[^."']+/g)].map(
    ([bare, double, single]) => double?.replace(/\\(.)/g, '$1') ?? single ?? bare,
  );
  if (path[0] === 'root') path.shift();
  if (path.length === 0) return link === 'root' ? 'root' : null;
  const alternate = path.every((part, at) => at % 2 === 1 || Object.hasOwn(kinds, part));
  return alternate && path.length % 2 === 0 ? idOf(path) : null;
}

/**
 * The board that is drawn under a name; without one the diagram's own, or the first with shapes where that is
 * empty.
 */
export function boardOf(compiled: CompiledDiagram, id?: string): Chosen {
  const { boards } = compiled;
  if (id === undefined) {
    const first = compiled.shapes.length > 0 ? undefined : boards.find(({ shapes }) => shapes.length > 0);
    return { id: first?.id ?? null, drawing: first ?? compiled };
  }
  const found = boards.find((board) => board.id === id);
  if (found === undefined) throw new Error(`The diagram has no board ${id}`);
  return { id, drawing: found };
}

function idOf(path: string[]): string {
  return path.map((part) => (/[."'\\]/.test(part) ? JSON.stringify(part) : part)).join('.');
}

function kindsInOrder(ast: unknown): Keyword[] {
  const written = ((ast as AstMap | undefined)?.nodes ?? []).flatMap((node) => {
    const name = stringOf(node.map_key?.key?.path?.[0])?.toLowerCase() ?? '';
    return keywords.filter((keyword) => keyword === name);
  });
  return [...new Set([...written, ...keywords])];
}

const kinds = { layers: 'layer', scenarios: 'scenario', steps: 'step' } as const;
const keywords = ['layers', 'scenarios', 'steps'] as const;

type Keyword = (typeof keywords)[number];

export type BoardTree<T> = { name: string } & { [K in Keyword]?: T[] | null };

export interface FoundBoard<D, G> extends Pick<CompiledBoard, 'id' | 'kind' | 'name'> {
  diagram: D;
  graph: G;
}

interface Chosen {
  /** Null for the diagram's own. */
  id: string | null;
  drawing: CompiledDrawing;
}
