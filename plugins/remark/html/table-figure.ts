import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Speech } from '../../words/index.ts';
import { type Content, scroll } from './elements.ts';

/**
 * A table as `figure.pl-table`: real HTML that works without JavaScript, and that the site's script filters
 * and sorts.
 */
export function tableFigure({
  view,
  caption,
  columns,
  groups,
  total,
  empty: why,
  foot = [],
  speech,
}: TableParts): Element {
  const shown = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const count =
    shown === total
      ? speech.say('table.rows', { count: shown })
      : speech.say('table.shown', { shown, count: total });
  const head = columns.map(({ name, label, class: column }) =>
    h('th', { scope: 'col', dataColumn: name, class: column }, label),
  );
  const empty = h(
    'tbody',
    h('tr', { class: 'pl-empty' }, h('td', { colSpan: columns.length }, why ?? speech.say('table.none'))),
  );
  const bodies = groups.map((group) => groupElement(group, columns));
  return h('figure', { class: 'pl-table not-content', dataView: view, dataRows: shown, dataTotal: total }, [
    h('figcaption', { class: 'pl-caption' }, caption),
    scroll(caption, h('table', [h('thead', h('tr', head)), ...(bodies.length > 0 ? bodies : [empty])])),
    h('p', { class: 'pl-foot' }, [h('span', { class: 'pl-count' }, count), ...foot]),
  ]);
}

function groupElement({ heading, rows }: TableGroup, columns: TableFigureColumn[]): Element {
  return h('tbody', heading === undefined ? {} : { dataGroup: heading }, [
    ...(heading === undefined
      ? []
      : [h('tr', { class: 'pl-group' }, h('th', { scope: 'rowgroup', colSpan: columns.length }, heading))]),
    ...rows.map(({ id, cells }) =>
      h(
        'tr',
        { dataId: id },
        cells.map((cell, index) => h('td', { class: columns[index]?.class }, cell)),
      ),
    ),
  ]);
}

export interface TableParts {
  view: string;
  caption: string;
  columns: TableFigureColumn[];
  /** One without a heading where the rows are in no groups. */
  groups: TableGroup[];
  /** Rows there are, shown or not. */
  total: number;
  /** Why there is no row. */
  empty?: string | undefined;
  /** In the language of the page. */
  speech: Speech;
  /** Behind the count. */
  foot?: ElementContent[];
}

export interface TableFigureColumn {
  name: string;
  label: string;
  /** Of its heading and its cells. */
  class?: string | undefined;
}

interface TableGroup {
  heading?: string | undefined;
  rows: { id: string; cells: Content[] }[];
}
