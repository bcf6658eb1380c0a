import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { DrawnEdge } from '../../checks/index.ts';
import type { Board } from './board-tabs.ts';
import { type ElementContext, placeElement, resourceLink } from './hast.ts';

/**
 * What a board shows, for those who do not see it: its shapes with what they stand for, its edges with what
 * they state.
 */
export function boardTables(board: Board, page: ElementContext): Element[] {
  const { say } = page.speech;
  const shapes = board.shapes.map((shape) => {
    const id = board.bound[shape.id];
    const resource = id === undefined ? undefined : page.platform.resource(id);
    return [
      cell(shape.label.replaceAll(/\s+/g, ' ').trim() || shape.id),
      cell(...(resource ? [resourceLink(resource, page)] : [])),
      placeCell(resource?.origin ?? null, page),
    ];
  });
  const edges = board.edges.map((edge) => [
    ...[edge.from, edge.to, edge.label, edge.relation ?? ''].map((text) => cell(text)),
    placeCell(edge.origin, page),
  ]);
  return [
    plainTable([say('figure.shape'), say('figure.standsFor'), say('figure.source')], shapes),
    ...(edges.length > 0
      ? [
          plainTable(
            [
              say('figure.from'),
              say('figure.to'),
              say('figure.label'),
              say('figure.relation'),
              say('figure.declaredAt'),
            ],
            edges,
          ),
        ]
      : []),
  ];
}

function placeCell(place: DrawnEdge['origin'], page: ElementContext): Element {
  return h(
    'td',
    { class: 'pl-origin' },
    place ? [placeElement(place, `${place.file}:${place.line}`, page)] : [],
  );
}

function cell(...children: (ElementContent | string)[]): Element {
  return h(
    'td',
    children.filter((child) => child !== ''),
  );
}

/** A column in which nothing stands is left out. */
function plainTable(head: string[], rows: Element[][]): Element {
  const used = head.map((_, column) => rows.some((row) => (row[column]?.children.length ?? 0) > 0));
  const heads = head.map((text) => h('th', { scope: 'col' }, text));
  const kept = (cells: Element[]) =>
    h(
      'tr',
      cells.filter((_, column) => used[column]),
    );
  return h('table', [h('thead', kept(heads)), h('tbody', rows.map(kept))]);
}
