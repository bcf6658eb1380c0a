import { compareCells, nearest } from '../base/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Query } from '../query/index.ts';
import { type Columns, columnsOf, type TableColumn, unknownColumn } from './chosen-columns.ts';
import { aboutColumns, columnInCel } from './column-in-cel.ts';
import { tableViews } from './registry.ts';
import { tableRows } from './table-rows.ts';
import type { Cell, Row, Table, TableOptions, TableView, ViewFault, ViewRow } from './types.ts';
import { unreadBehind } from './unread-rows.ts';

/**
 * A view of the model with an author's wishes: which rows (`where`), columns, order, groups and how many.
 * Every attribute that is wrong is a fault of its own; a selection without rows is a table without rows, not
 * a fault.
 */
export function tableOf(platform: Platform, query: Query, options: TableOptions): TableResult {
  const faults = unknownAttributes(options);
  const view = Object.hasOwn(tableViews, options.view) ? tableViews[options.view] : undefined;
  if (view === undefined) {
    faults.push(unknownView(options.view, Object.keys(tableViews), 'table'));
    return { ok: false, faults };
  }
  const wanted = blankless(options);
  const made = tableRows(view, platform, query);
  const chosen = wanted.where === undefined ? undefined : select(query, view, wanted.where, made);
  if (chosen !== undefined && !Array.isArray(chosen)) faults.push(chosen);
  let rows = Array.isArray(chosen) ? chosen : [...made.all()];
  const columns = columnsOf(view, wanted.columns, { platform, query }, rows, faults);
  rows = sorted(rows, wanted.sort, columns, faults);
  const group = groupColumn(wanted.group, columns, faults);
  const limit = limitOf(wanted.limit, faults);
  if (faults.length > 0) return { ok: false, faults };

  if (group !== undefined) rows = grouped(rows, group, wanted.sort !== undefined);
  const shown = columns.shown.filter((column) => column !== group);
  const fields = [...shown, ...(group === undefined ? [] : [group])].map(
    (column) => columnInCel(view.subject, column) ?? column.name,
  );
  const read = wanted.where === undefined ? fields : [...fields, wanted.where];
  const table: Table = {
    view: view.name,
    caption: wanted.caption ?? view.title,
    ...(wanted.caption === undefined ? { said: { key: `view.${view.name}` } } : {}),
    columns: shown.map(({ name, label, align, said }) => ({
      name,
      label,
      ...(said === undefined ? {} : { said }),
      ...(align === undefined ? {} : { align }),
    })),
    rows: rows.slice(0, limit).map((row) => {
      const heading = group?.cell(row);
      return {
        id: row.id,
        cells: shown.map((column) => column.cell(row)),
        origin: row.origin,
        ...(query.reach.touching(row.subject, read).length > 0 ? { isOpen: true } : {}),
        ...(heading === undefined ? {} : { group: heading.text }),
        ...(group === undefined || heading === undefined ? {} : groupWords(group, heading)),
      };
    }),
    total: rows.length,
    ...(rows.length > 0 || wanted.empty === undefined ? {} : { empty: wanted.empty.trim() }),
    unverified: [
      ...unreadBehind(query, {
        subject: view.subject,
        only: view.only,
        where: wanted.where,
        subjects: rows.map(({ subject }) => subject),
        fields,
      }),
      ...(view.unverified?.(platform, rows) ?? []),
    ],
  };
  return { ok: true, table };
}

export function unknownView(name: string, known: string[], what: string): ViewFault {
  const message = name === '' ? `a ${what} needs a \`view\`` : `there is no ${what} view \`${name}\``;
  const near = nearest(name, known);
  return { attribute: 'view', message, candidates: near.length > 0 ? near : known };
}

function unknownAttributes(options: TableOptions): ViewFault[] {
  return Object.keys(options)
    .filter((name) => !attributes.includes(name))
    .map((name) => ({
      attribute: name,
      message: `a table has no attribute \`${name}\``,
      candidates: nearest(name, attributes),
    }));
}

/** An attribute without a value is as if it were left out. */
function blankless(options: TableOptions): TableOptions {
  const kept = Object.entries(options).filter(
    ([name, value]) => name === 'view' || (typeof value === 'string' && value.trim() !== ''),
  );
  return { view: options.view, ...Object.fromEntries(kept) };
}

function select(
  query: Query,
  view: TableView,
  where: string,
  rows: ReturnType<typeof tableRows>,
): ViewRow[] | ViewFault {
  const selected = query.select(where, view.subject);
  if (!selected.ok) {
    const error = aboutColumns(selected.error, view);
    return {
      attribute: 'where',
      message: error.message,
      candidates: error.candidates,
      query: error,
      offset: error.offset,
      length: error.length,
    };
  }
  return rows.about(selected.value, (other) => {
    const result = query.test(where, other);
    return result.ok && result.value;
  });
}

function sorted(
  rows: ViewRow[],
  attribute: string | undefined,
  columns: Columns,
  faults: ViewFault[],
): ViewRow[] {
  if (attribute === undefined) return rows;
  const keys: { column: TableColumn; sign: 1 | -1 }[] = [];
  let offset = 0;
  for (const part of attribute.split(',')) {
    const written = part.trim();
    const name = written.replace(/^-\s*/, '');
    const column = columns.all.find((one) => one.name === name);
    if (column === undefined)
      faults.push(unknownColumn('sort', name, columns.all, offset + part.indexOf(name)));
    else keys.push({ column, sign: written.startsWith('-') ? -1 : 1 });
    offset += part.length + 1;
  }
  return rows.toSorted((a, b) => {
    for (const { column, sign } of keys) {
      const order = compareCells(column.cell(a).text, column.cell(b).text);
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

/** A heading that is said in the language of the page: of rows that have nothing in the column, that too. */
function groupWords({ label, said }: TableColumn, heading: Cell): Pick<Row, 'groupSaid'> {
  if (heading.said !== undefined) return { groupSaid: heading.said };
  if (heading.text !== '' && heading.text !== '—') return {};
  return { groupSaid: { key: 'table.without', values: { column: said ?? label } } };
}

function groupColumn(
  name: string | undefined,
  columns: Columns,
  faults: ViewFault[],
): TableColumn | undefined {
  if (name === undefined) return undefined;
  const column = columns.all.find((one) => one.name === name.trim());
  if (column === undefined) faults.push(unknownColumn('group', name.trim(), columns.all, 0));
  return column;
}

/**
 * Rows of a group together: groups in order of their heading, or of their first row where the author sorted.
 */
function grouped(rows: ViewRow[], column: TableColumn, keepOrder: boolean): ViewRow[] {
  const groups = new Map<string, ViewRow[]>();
  for (const row of rows) {
    const heading = column.cell(row).text;
    const group = groups.get(heading);
    if (group) group.push(row);
    else groups.set(heading, [row]);
  }
  const list = [...groups];
  if (!keepOrder) list.sort(([a], [b]) => compareCells(a, b));
  return list.flatMap(([, members]) => members);
}

function limitOf(attribute: string | undefined, faults: ViewFault[]): number | undefined {
  if (attribute === undefined) return undefined;
  if (/^[1-9]\d{0,6}$/.test(attribute.trim())) return Number(attribute.trim());
  faults.push({
    attribute: 'limit',
    message: `\`limit\` must be a whole number from 1, but is \`${attribute}\``,
    candidates: [],
  });
  return undefined;
}

const attributes = ['view', 'where', 'columns', 'sort', 'group', 'caption', 'limit', 'empty'];

export type TableResult = { ok: true; table: Table } | { ok: false; faults: ViewFault[] };
