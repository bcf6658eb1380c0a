import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Cell, Table } from '../../views/index.ts';
import { breakableName, type Content, listElement, nodesOf } from './elements.ts';
import { type ElementContext, unverifiedElement } from './hast.ts';
import { tableFigure } from './table-figure.ts';

/** A live table, each row with the way to its manifest. */
export function tableElement(whole: Table, page: ElementContext): Element {
  const { view, caption, said, columns, rows, total, unverified, empty } = withoutFiles(whole);
  const { speech } = page;
  const title = said ? speech.said(said) : caption;
  return tableFigure({
    ...{ id: page.nameTable?.(title), view, caption: title, total, empty, speech },
    columns: columns.map(({ name, label, said, align }) => ({
      name,
      label: said ? speech.said(said) : label,
      class: align === 'right' ? 'pl-right' : undefined,
    })),
    groups: [...Map.groupBy(rows, (row) => row.group)].map(([heading, own]) => ({
      heading: own[0]?.groupSaid ? speech.said(own[0].groupSaid) : heading,
      rows: own.map(({ id, cells, origin }) => ({
        id,
        cells: cells.map((cell): Content => cellContent(cell, page)),
        at: origin && { href: page.links.place(origin), text: `${origin.file}:${origin.line}` },
      })),
    })),
    foot: unverifiedElement(unverified, speech),
  });
}

/**
 * Each row has an arrow to its manifest, file and line; a column of file names beside it says less.
 */
function withoutFiles(table: Table): Table {
  const kept = table.columns.map((column) => column.name !== 'file');
  return {
    ...table,
    columns: table.columns.filter((_, index) => kept[index]),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.filter((_, index) => kept[index]) })),
  };
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
  const text: ElementContent[] = cell.code
    ? [h('code', breakableName(value))]
    : nodesOf(breakableName(value));
  const resource = cell.ref === undefined ? undefined : page.platform.resource(cell.ref);
  const href = resource ? page.links.resource(resource) : null;
  if (href !== null) return [h('a', { class: 'pl-ref', href }, text)];
  const place = cell.place ? page.links.place(cell.place) : null;
  return place === null ? text : [h('a', { class: 'pl-place', href: place }, text)];
}
