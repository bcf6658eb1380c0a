import { nearest } from '../base/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Query } from '../query/index.ts';
import { nothing, valueCell } from './cells.ts';
import { aboutColumns } from './column-in-cel.ts';
import { type ColumnRequest, parseColumns } from './columns.ts';
import type { Cell, TableView, ViewColumn, ViewFault, ViewRow } from './types.ts';
import { columnWord } from './words.ts';

/** The columns that an author asks for: those of the view by their names, and others by an expression. */
export function columnsOf(
  view: TableView,
  attribute: string | undefined,
  { platform, query }: { platform: Platform; query: Query },
  rows: ViewRow[],
  faults: ViewFault[],
): Columns {
  const cell =
    ({ name }: ViewColumn) =>
    (row: ViewRow) =>
      row.cells[name] ?? nothing();
  const own = [
    ...view.columns.map(
      (column): TableColumn => ({ ...column, said: { key: columnWord(column.label) }, cell: cell(column) }),
    ),
    ...(view.columnsIn?.(platform.model) ?? []).map(
      (column): TableColumn => ({ ...column, cell: cell(column) }),
    ),
  ];
  const visible = own.filter((column) => (column.hiddenIn?.(platform.model) ?? column.hidden) !== true);
  if (attribute === undefined) return { shown: visible, all: own };
  const shown: TableColumn[] = [];
  for (const request of parseColumns(attribute)) {
    const column =
      request.expression === null
        ? own.find((one) => one.name === request.label)
        : expressionColumn(request, view, query, rows, faults);
    if (column === undefined && request.expression === null)
      faults.push(unknownColumn('columns', request.label, own, request.offset));
    if (column === undefined) continue;
    if (shown.some((one) => one.name === column.name)) {
      const message = `the column \`${column.name}\` is there twice`;
      faults.push({
        attribute: 'columns',
        message,
        candidates: [],
        offset: request.offset,
        length: request.label.length,
      });
    } else shown.push(column);
  }
  return { shown, all: [...shown, ...own.filter((column) => !shown.includes(column))] };
}

/**
 * `label = CEL`: a value a row; a row that lacks what is asked for has an empty cell, but not all of them
 * may.
 */
function expressionColumn(
  request: ColumnRequest,
  view: TableView,
  query: Query,
  rows: ViewRow[],
  faults: ViewFault[],
): TableColumn | undefined {
  const { label, offset, expression } = request;
  const fault = (message: string, at: number, length: number, rest: Partial<ViewFault> = {}): undefined => {
    faults.push({ attribute: 'columns', message, candidates: [], offset: at, length, ...rest });
    return undefined;
  };
  if (expression === null || expression.text === '')
    return fault(`the column \`${label}\` has no expression after \`=\``, offset, label.length);
  if (label === '')
    return fault('a column needs a label before `=`', expression.offset, expression.text.length);
  if (label === 'id' || label === 'origin')
    return fault(`a column cannot be called \`${label}\``, offset, label.length);
  const cells = new Map<ViewRow, Cell>();
  let missing = 0;
  for (const row of rows) {
    const result = query.evaluate(expression.text, row.subject);
    if (result.ok) cells.set(row, valueCell(result.value));
    else if (result.error.reason === 'missing') missing += 1;
    else {
      const error = aboutColumns(result.error, view);
      const place = { candidates: error.candidates, query: error };
      return fault(error.message, expression.offset + error.offset, error.length, place);
    }
    if (missing === rows.length && !result.ok) {
      return fault(`no row has \`${expression.text}\``, expression.offset, expression.text.length, {
        query: result.error,
      });
    }
  }
  const numeric =
    cells.size > 0 &&
    [...cells.values()].every((cell) => cell.tone === 'muted' || /^-?\d+(\.\d+)?$/.test(cell.text));
  return {
    name: label,
    label,
    cel: expression.text,
    ...(numeric ? { align: 'right' as const } : {}),
    cell: (row) => cells.get(row) ?? nothing(),
  };
}

/** The fault of an unknown column, with the names that come near. */
export function unknownColumn(
  attribute: string,
  name: string,
  columns: ViewColumn[],
  offset: number,
): ViewFault {
  const known = columns.map((column) => column.name);
  const near = nearest(name, known);
  const message = name === '' ? 'an empty name of a column' : `this table has no column \`${name}\``;
  const hint = attribute === 'columns' ? '; a value of your own is written `label = CEL`' : '';
  return {
    attribute,
    message: message + hint,
    candidates: near.length > 0 ? near : known,
    offset: Math.max(0, offset),
    length: name.length,
  };
}

export interface TableColumn extends ViewColumn {
  cell(row: ViewRow): Cell;
}

export interface Columns {
  shown: TableColumn[];
  /** Those shown first, then the view's others: what `sort` and `group` may name. */
  all: TableColumn[];
}
