import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Cell, Row, Table } from '../../views/index.ts';
import { type ElementContext, placeElement, scroll, unverifiedElement } from './hast.ts';

/** A live table as `figure.pl-table`: real HTML that works without JavaScript. */
export function tableElement(whole: Table, page: ElementContext): Element {
  const table = withoutFiles(whole);
  const columns = table.columns.length + 1;
  const head = h('tr', [
    ...table.columns.map((column) =>
      h(
        'th',
        { scope: 'col', dataColumn: column.name, class: column.align === 'right' ? 'pl-right' : undefined },
        column.label,
      ),
    ),
    h('th', { scope: 'col', class: 'pl-origin', dataColumn: 'origin' }, 'Manifest'),
  ]);
  const groups = [...Map.groupBy(table.rows, (row) => row.group)];
  const bodies = groups.map(([group, rows]) =>
    h('tbody', group === undefined ? {} : { dataGroup: group }, [
      ...(group === undefined
        ? []
        : [h('tr', { class: 'pl-group' }, h('th', { scope: 'rowgroup', colSpan: columns }, group))]),
      ...rows.map((row) => rowElement(row, table, page)),
    ]),
  );
  const empty = h('tbody', h('tr', { class: 'pl-empty' }, h('td', { colSpan: columns }, 'No rows')));
  const shown = table.rows.length;
  const count =
    shown === table.total ? `${shown} ${shown === 1 ? 'row' : 'rows'}` : `${shown} of ${table.total} rows`;
  return h(
    'figure',
    { class: 'pl-table not-content', dataView: table.view, dataRows: shown, dataTotal: table.total },
    [
      h('figcaption', { class: 'pl-caption' }, table.caption),
      scroll(table.caption, h('table', [h('thead', head), ...(bodies.length > 0 ? bodies : [empty])])),
      h('p', { class: 'pl-foot' }, [
        h('span', { class: 'pl-count' }, count),
        ...unverifiedElement(table.unverified),
      ]),
    ],
  );
}

/** The last column links each row to its manifest, file and line; a column of file names beside it says less. */
function withoutFiles(table: Table): Table {
  const kept = table.columns.map((column) => column.name !== 'file');
  return {
    ...table,
    columns: table.columns.filter((_, index) => kept[index]),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.filter((_, index) => kept[index]) })),
  };
}

function rowElement(row: Row, table: Table, page: ElementContext): Element {
  const origin = row.origin
    ? [placeElement(row.origin, `${row.origin.file.split('/').at(-1)}:${row.origin.line}`, page)]
    : [];
  return h('tr', { dataId: row.id }, [
    ...row.cells.map((cell, index) =>
      h('td', table.columns[index]?.align === 'right' ? { class: 'pl-right' } : {}, cellContent(cell, page)),
    ),
    h('td', { class: 'pl-origin' }, origin),
  ]);
}

function cellContent(cell: Cell, page: ElementContext): ElementContent[] {
  const inner = plainCell(cell, page);
  return cell.tone && inner.length > 0 ? [h('span', { class: `pl-${cell.tone}` }, inner)] : inner;
}

function plainCell(cell: Cell, page: ElementContext): ElementContent[] {
  const [only] = cell.items ?? [];
  if (only && cell.items?.length === 1) return cellContent(only, page);
  if (cell.items && cell.items.length > 1)
    return [
      h(
        'ul',
        { class: 'pl-items' },
        cell.items.map((item) => h('li', cellContent(item, page))),
      ),
    ];
  if (cell.text === '') return [];
  const text: ElementContent[] = cell.code ? [h('code', cell.text)] : [{ type: 'text', value: cell.text }];
  const resource = cell.ref === undefined ? undefined : page.platform.resource(cell.ref);
  const href = resource ? page.links.resource(resource) : null;
  if (href !== null) return [h('a', { class: 'pl-ref', href }, text)];
  const place = cell.place ? page.links.place(cell.place) : null;
  return place === null ? text : [h('a', { class: 'pl-place', href: place }, text)];
}
