import type { Element } from 'hast';
import { h } from 'hastscript';
import type { DrawnDiagram } from '../../checks/index.ts';
import { standalone } from '../../d2/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { Speech } from '../../words/index.ts';
import type { Panel, Sequence } from './board-tabs.ts';
import { boardTables } from './diagram-table.ts';
import { type ElementContext, unverifiedElement } from './hast.ts';
import { legend } from './legend.ts';
import { canvases, isWide, type Picture } from './pictures.ts';

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
  const drawn = ({ anchor, board }: Panel) => {
    const picture = pictures.get(anchor);
    return picture === undefined ? [] : canvases(picture, board, page);
  };
  const least = Math.max(0, ...[...pictures.values()].map((picture) => picture.drawn.least));
  return h(
    'figure',
    {
      class: ['pl-diagram not-content', ...(isWide(least) ? ['pl-wide'] : [])],
      dataView: view ?? 'd2',
      dataShapes: compiled.shapes.length,
      dataEdges: edges.length,
      dataD2: standalone(drawing.input).trim(),
    },
    [
      ...(single
        ? panels.flatMap(drawn)
        : sequences.map(({ name, panels }) =>
            h(
              'div',
              { class: 'pl-sequence', dataName: name },
              panels.map((panel) =>
                h('div', { class: 'pl-board', id: panel.anchor }, [
                  h('p', { class: 'pl-board-name' }, panel.caption),
                  ...drawn(panel),
                ]),
              ),
            ),
          )),
      h('figcaption', { class: 'pl-caption' }, title),
      ...legend(pictures.values(), speech),
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
  pictures: Map<string, Picture>;
  unverified: Unverified[];
}
