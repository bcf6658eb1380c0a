import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Cell, Row, Table } from '../../views/index.ts';
import { type Content, listElement } from './elements.ts';
import { type ElementContext, placeElement, unverifiedElement } from './hast.ts';
import { tableFigure } from './table-figure.ts';

/** A live table, each row with a link to its manifest. */
export function tableElement(whole: Table, page: ElementContext): Element {
  const { view, caption, said, columns, rows, total, unverified, empty } = withoutFiles(whole);
  const { speech } = page;
  return tableFigure({
    ...{ view, caption: said ? speech.said(said) : caption, total, empty, speech },
    columns: [
      ...columns.map(({ name, label, said, align }) => ({
        name,
        label: said ? speech.said(said) : label,
        class: align === 'right' ? 'pl-right' : undefined,
      })),
      { name: 'origin', label: speech.say('table.manifest'), class: 'pl-origin' },
    ],
    groups: [...Map.groupBy(rows, (row) => row.group)].map(([heading, own]) => ({
      heading: own[0]?.groupSaid ? speech.said(own[0].groupSaid) : heading,
      rows: own.map((row) => ({ id: row.id, cells: cellsOf(row, page) })),
    })),
    foot: unverifiedElement(unverified, speech),
  });
}

/**
 * The last column links each row to its manifest, file and line; a column of file names beside it says less.
 */
function withoutFiles(table: Table): Table {
  const kept = table.columns.map((column) => column.name !== 'file');
  return {
    ...table,
    columns: table.columns.filter((_, index) => kept[index]),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.filter((_, index) => kept[index]) })),
  };
}

function cellsOf({ cells, origin }: Row, page: ElementContext): Content[] {
  return [
    ...cells.map((cell) => cellContent(cell, page)),
    origin ? placeElement(origin, `${origin.file.split('/').at(-1)}:${origin.line}`, page) : [],
  ];
}

/** What a cell says, with a link to what it points at. */
export function cellContent(cell: Cell, page: ElementContext): ElementContent[] {
  const inner = plainCell(cell, page);
  return cell.tone && inner.length > 0 ? [h('span', { class: `pl-${cell.tone}` }, inner)] : inner;
}

function plainCell(cell: Cell, page: ElementContext): ElementContent[] {
  const [only] = cell.items ?? [];
  if (only && cell.items?.length === 1) return cellContent(only, page);
  if (cell.items && cell.items.length > 1)
    return [listElement(cell.items.map((item) => cellContent(item, page)))];
  if (cell.text === '') return [];
  const value = cell.said ? page.speech.said(cell.said) : cell.text;
  const text: ElementContent[] = cell.code ? [h('code', value)] : [words(value)];
  const resource = cell.ref === undefined ? undefined : page.platform.resource(cell.ref);
  const href = resource ? page.links.resource(resource) : null;
  if (href !== null) return [h('a', { class: 'pl-ref', href }, text)];
  const place = cell.place ? page.links.place(cell.place) : null;
  return place === null ? text : [h('a', { class: 'pl-place', href: place }, text)];
}

/** A sentence keeps room for a few words a line, whatever its neighbours take. */
function words(value: string): ElementContent {
  return value.length > mostShort ? h('span.pl-long', value) : { type: 'text', value };
}

/** Characters of what fits a narrow column. */
const mostShort = 48;
