import type { Element } from 'hast';
import type { DrawnEdge } from '../../checks/index.ts';
import { oneLine } from '../../d2/index.ts';
import type { Board } from './board-tabs.ts';
import { breakableName, type Content, nodesOf } from './elements.ts';
import { type ElementContext, resourceLink } from './hast.ts';
import { tableFigure } from './table-figure.ts';

/**
 * What a board shows, for those who do not see it: its shapes with what they stand for, its edges with what
 * they state.
 */
export function boardTables(board: Board, page: ElementContext): Element[] {
  const { say } = page.speech;
  const shapes = board.shapes.map((shape): PlainRow => {
    const id = board.bound[shape.id];
    const resource = id === undefined ? undefined : page.platform.resource(id);
    const label = oneLine(shape.label) || shape.id;
    return {
      id: shape.id,
      cells: [
        breakableName(label),
        resource
          ? resourceLink(resource, page, nodesOf(breakableName(page.platform.referenceOf(resource))))
          : '',
      ],
      origin: resource?.origin ?? null,
    };
  });
  const edges = board.edges.map(
    (edge): PlainRow => ({
      id: edge.id,
      cells: [edge.from, edge.to, edge.label, edge.relation ?? ''].map(breakableName),
      origin: edge.origin,
    }),
  );
  return [
    plainTable(say('figure.shapes'), [say('figure.shape'), say('figure.standsFor')], shapes, page),
    ...(edges.length > 0
      ? [
          plainTable(
            say('figure.edges'),
            [say('figure.from'), say('figure.to'), say('figure.label'), say('figure.relation')],
            edges,
            page,
          ),
        ]
      : []),
  ];
}

/** A column in which nothing stands is left out. */
function plainTable(caption: string, head: string[], rows: PlainRow[], page: ElementContext): Element {
  const used = head.map((_, column) => rows.some(({ cells }) => cells[column] !== ''));
  const kept = <T>(list: T[]) => list.filter((_, column) => used[column]);
  return tableFigure({
    ...{ view: 'drawn', caption, total: rows.length, speech: page.speech },
    columns: kept(head.map((label, index) => ({ name: String(index), label }))),
    groups: [
      {
        rows: rows.map(({ id, cells, origin }) => ({
          id,
          cells: kept(cells),
          at: origin && { href: page.links.place(origin), text: `${origin.file}:${origin.line}` },
        })),
      },
    ],
  });
}

interface PlainRow {
  id: string;
  cells: Content[];
  origin: DrawnEdge['origin'];
}
