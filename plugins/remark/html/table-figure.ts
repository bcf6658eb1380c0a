import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Speech } from '../../words/index.ts';
import { hrefsOf, textOf, withPlainLinks, withTitle } from './content-text.ts';
import { type Content, scroll } from './elements.ts';
import { foldColumns } from './fold-columns.ts';
import { layoutOf } from './table-layout.ts';

/**
 * A table as `figure.pl-table`: real HTML that works without JavaScript, and that the site's script filters
 * and sorts. Every table of a site is one of these: those of authors, of generated pages, and those that
 * stand for a diagram.
 */
export function tableFigure(parts: TableParts): Element {
  const { id, view, caption, isTitled = false, total, empty: why, foot = [], speech } = parts;
  const groups = parts.groups.map((group) => ({ ...group, rows: group.rows.map(withPlace) }));
  const written = groups.flatMap(({ rows }) => rows);
  const folded = foldColumns(
    parts.columns,
    written.map(({ cells }) => cells),
  );
  const same = folded.same.filter(({ value }) => !['', '—'].includes(textOf(value)));
  const arrows = written.map(arrowOf);
  const arrow = { name: 'origin', label: speech.say('table.manifest'), isArrow: true };
  const columns: HeadColumn[] = [...folded.columns, ...(arrows.some((one) => one !== null) ? [arrow] : [])];
  const cells = new Map(
    written.map((row, index) => [
      row,
      [
        ...(folded.rows[index] ?? []),
        ...(columns.length > folded.columns.length ? [arrows[index] ?? ''] : []),
      ],
    ]),
  );
  const layout = layoutOf(
    columns.map((column) => ({
      label: column.label,
      isRight: column.class === 'pl-right',
      isArrow: column.isArrow ?? false,
    })),
    [...cells.values()],
  );
  const isMany = written.length > mostAtOnce;
  const head = columns.map(({ name, label, isArrow }) =>
    h(
      'th',
      {
        dataColumn: name === label.toLowerCase() ? undefined : name,
        class: isArrow ? 'pl-origin' : undefined,
      },
      isArrow ? h('span.sr-only', label) : label,
    ),
  );
  const empty = h(
    'tbody',
    h('tr', { class: 'pl-empty' }, h('td', { colSpan: columns.length }, why ?? speech.say('table.none'))),
  );
  const bodies = groups.flatMap((group) => bodiesOf(group, cells, columns.length, isMany));
  const table = h('table', { style: `${layout.style}${isMany ? `;--columns:${layout.grid}` : ''}` }, [
    // Pagefind would run the heads of columns together, and they say nothing that cells do not.
    h('thead', { dataPagefindIgnore: '' }, h('tr', head)),
    ...(bodies.length > 0 ? bodies : [empty]),
  ]);
  const isScroller = written.length > mostWithoutScroller;
  return h(
    'figure',
    {
      class: [
        'pl-table not-content',
        `pl-from-${layout.from}`,
        ...(layout.from > wide ? ['pl-wide'] : []),
        ...(isScroller ? ['pl-tall'] : []),
        ...(isMany ? ['pl-many'] : []),
      ],
      id: id === undefined ? undefined : `${id}.table`,
      dataView: view,
      dataRows: written.length,
      dataTotal: total === written.length ? undefined : total,
      dataElsewhere: isMany && parts.isElsewhere ? '' : undefined,
    },
    [
      h('figcaption', { class: isTitled ? 'pl-caption sr-only' : 'pl-caption' }, caption),
      ...(written.length < fewestToFilter ? [] : [h('div', { class: 'pl-bar' })]),
      ...(same.length === 0 ? [] : [sameElement(same, speech)]),
      scroll(caption, isScroller, table),
      h('p', { class: 'pl-foot' }, [
        h('span', { class: 'pl-count' }, countOf(written.length, total, speech)),
        ...foot,
      ]),
    ],
  );
}

function countOf(shown: number, total: number, { say }: Speech): string {
  return shown === total ? say('table.rows', { count: shown }) : say('table.shown', { shown, count: total });
}

/** What all rows have in common, which is a column less. */
function sameElement(same: { column: HeadColumn; value: Content }[], { say }: Speech): Element {
  return h('p', { class: 'pl-same' }, [
    h('span', { class: 'pl-same-all' }, say('table.same')),
    ...same.flatMap(({ column, value }) => [
      ' ',
      h('span', { class: 'pl-same-one' }, [
        h('span', { class: 'pl-muted' }, column.label),
        ' ',
        ...listOf(value),
      ]),
    ]),
  ]);
}

function listOf(content: Content): (ElementContent | string)[] {
  return Array.isArray(content) ? content : [content];
}

/** Rows in one body for each group; of very many, in bodies that a browser lays out once they are near. */
function bodiesOf(
  { heading, rows }: TableGroup,
  cells: Map<TableRow, Content[]>,
  columns: number,
  isMany: boolean,
): Element[] {
  const size = isMany ? rowsAtOnce : Math.max(1, rows.length);
  const parts = Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
  return parts.map((part, index) =>
    h('tbody', { dataGroup: heading, style: isMany ? `--rows:${part.length}` : undefined }, [
      ...(heading === undefined || index > 0
        ? []
        : [h('tr', { class: 'pl-group' }, h('th', { scope: 'rowgroup', colSpan: columns }, heading))]),
      ...part.map((row) =>
        h(
          'tr',
          { dataId: row.id },
          (cells.get(row) ?? []).map((cell) =>
            textOf(cell) === '—' ? h('td.pl-none', '—') : h('td', withPlainLinks(cell)),
          ),
        ),
      ),
    ]),
  );
}

/**
 * A row without an arrow where a link of it leads to the same line, or to the page of that: then it says
 * which line.
 */
function withPlace(row: TableRow): TableRow {
  const { at } = row;
  if (!at?.href) return row;
  if (row.cells.flatMap(hrefsOf).includes(at.href)) return { ...row, at: null };
  const [page = ''] = at.href.split('#');
  const index = row.cells.findIndex((cell) => hrefsOf(cell).includes(page));
  if (index < 0) return row;
  return { ...row, at: null, cells: row.cells.with(index, withTitle(row.cells[index] ?? '', page, at.text)) };
}

/** The way to what a row was made of. */
function arrowOf({ at }: TableRow): Element | null {
  if (at === undefined || at === null) return null;
  if (at.href === null) return h('span', { class: 'pl-place pl-muted', title: at.text }, lastOf(at.text));
  return h('a', { class: 'pl-to', href: at.href, title: at.text });
}

function lastOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}

/** Rem from which on a table takes the room beside the text too. */
const wide = 44;
/** A filter over fewer rows is in the way. */
const fewestToFilter = 9;
/** Rows that stand on the page at full length; more get a scroller of their own. */
const mostWithoutScroller = 40;
/** Rows that a browser lays out at once; of more, those that are near. */
const mostAtOnce = 500;
const rowsAtOnce = 50;

export interface TableParts {
  /** Unique on the page: what its state in the address and links to its rows go by. */
  id?: string | undefined;
  view: string;
  caption: string;
  /** The heading above says the same: the caption is for who does not see that. */
  isTitled?: boolean;
  columns: TableFigureColumn[];
  /** One without a heading where the rows are in no groups. */
  groups: TableGroup[];
  /** Rows there are, shown or not. */
  total: number;
  /** Why there is no row. */
  empty?: string | undefined;
  /** In the language of the page. */
  speech: Speech;
  /** Whether each of its rows stands on another page too: of very many none is said again as Markdown. */
  isElsewhere?: boolean;
  /** Behind the count. */
  foot?: ElementContent[];
}

export interface TableFigureColumn {
  name: string;
  label: string;
  /** `pl-right` for numbers. */
  class?: string | undefined;
}

interface HeadColumn extends TableFigureColumn {
  isArrow?: boolean;
}

interface TableGroup {
  heading?: string | undefined;
  rows: TableRow[];
}

interface TableRow {
  id: string;
  cells: Content[];
  /** What the row was made of: a file and line, and where they can be read. */
  at?: { href: string | null; text: string } | null | undefined;
}
