import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { DrawnDiagram } from '../../checks/index.ts';
import { standalone } from '../../d2/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { Speech } from '../../words/index.ts';
import type { Sequence } from './board-tabs.ts';
import { boardTables } from './diagram-table.ts';
import { type ElementContext, unverifiedElement } from './hast.ts';

/**
 * A diagram as `figure.pl-diagram`: its boards one under another, each with its name, and all of them as
 * tables. The site's script makes tabs of the sequences and offers the D2 text, which the figure carries, as
 * a file.
 */
export function diagramElement(drawing: DrawnDiagram, parts: DiagramParts, page: ElementContext): Element {
  const { sequences, pictures, unverified } = parts;
  const { compiled, edges, said, view } = drawing;
  const { speech } = page;
  const title = titleOf(drawing, speech);
  const folded = said.folded.map(speech.said);
  const panels = sequences.flatMap((sequence) => sequence.panels);
  const single = panels.length < 2;
  const canvas = (anchor: string) =>
    h('div', { class: 'pl-canvas', dataPagefindIgnore: '' }, pictures.get(anchor) ?? []);
  return h(
    'figure',
    {
      class: 'pl-diagram not-content',
      dataView: view ?? 'd2',
      dataShapes: compiled.shapes.length,
      dataEdges: edges.length,
      dataD2: standalone(drawing.input).trim(),
    },
    [
      ...(single
        ? panels.map(({ anchor }) => canvas(anchor))
        : sequences.map(({ name, panels }) =>
            h(
              'div',
              { class: 'pl-sequence', dataName: name },
              panels.map(({ anchor, caption }) =>
                h('div', { class: 'pl-board', id: anchor }, [
                  h('p', { class: 'pl-board-name' }, caption),
                  canvas(anchor),
                ]),
              ),
            ),
          )),
      h('figcaption', { class: 'pl-caption' }, title),
      ...(folded.length > 0 ? [h('p', { class: 'pl-note' }, folded.join('; '))] : []),
      ...(unverified.length > 0 ? [h('p', { class: 'pl-foot' }, unverifiedElement(unverified, speech))] : []),
      h('details', { class: 'pl-as-table', dataPagefindIgnore: '' }, [
        h('summary', speech.say('figure.asTable')),
        ...panels.flatMap(({ board, caption }) => [
          ...(single ? [] : [h('p', { class: 'pl-board-name' }, caption)]),
          ...boardTables(board, page),
        ]),
      ]),
    ],
  );
}

/** Of a drawing of a view that has no title of the author's, in the language of the page. */
export function titleOf({ title, said }: DrawnDiagram, speech: Speech): string {
  return said.title ? speech.said(said.title) : title;
}

interface DiagramParts {
  sequences: Sequence[];
  /** The drawing of each panel, by the panel's anchor. */
  pictures: Map<string, ElementContent[]>;
  unverified: Unverified[];
}
