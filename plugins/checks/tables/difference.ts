import { addTo } from '../../base/index.ts';
import type { WrittenRow, WrittenTable } from './written.ts';

/** What a written table has to be changed in to say what the view says; null where it says that. */
export function tableDifference(page: WrittenTable, view: WrittenTable): TableDifference | null {
  const difference: TableDifference = {
    columns: false,
    missing: [],
    extra: [],
    cells: [],
    order: null,
    note: null,
  };
  const names = (table: WrittenTable) => table.columns?.cells.map((cell) => cell.text).join('|') ?? '';
  difference.columns = names(page) !== names(view);
  const note = (table: WrittenTable) => table.notes.map(({ text }) => text);
  const [own, right] = [note(page), note(view)];
  const at = own.findIndex((text, index) => text !== right[index]);
  if (at >= 0 || own.length < right.length)
    difference.note = {
      line: page.notes[at]?.line ?? null,
      expected: right[at < 0 ? own.length : at] ?? null,
    };
  if (!difference.columns) compareRows(page.rows, view.rows, difference);
  const { columns, missing, extra, cells, order } = difference;
  const same = !columns && missing.length + extra.length + cells.length === 0 && order === null;
  return same && difference.note === null ? null : difference;
}

/** Rows that are equal are paired first, then those that share most of their cells. */
function compareRows(page: WrittenRow[], view: WrittenRow[], difference: TableDifference): void {
  const open = new Map<string, number[]>();
  const key = (row: WrittenRow) => [row.group, ...row.cells.map((cell) => cell.text)].join('\0');
  for (const [index, row] of view.entries()) addTo(open, key(row), index);
  const pairs = page.map((row) => open.get(key(row))?.shift());
  const paired = new Set(pairs);
  const left = new Set([...view.keys()].filter((index) => !paired.has(index)));
  for (const [index, row] of page.entries()) {
    if (pairs[index] !== undefined) continue;
    const near = left.size > maximumPaired ? undefined : likest(row, left, view);
    const other = near === undefined ? undefined : view[near];
    if (near === undefined || !other) {
      difference.extra.push(row);
      continue;
    }
    left.delete(near);
    for (const [column, cell] of other.cells.entries())
      if (cell.text !== row.cells[column]?.text) difference.cells.push({ row, expected: near, column });
    // All cells are the same, so that it is the heading above them that differs.
    if (row.group !== other.group) difference.order ??= row;
  }
  difference.missing.push(...left);
  const order = pairs.filter((index) => index !== undefined);
  const turned = order.findIndex((index, position) => index < (order[position - 1] ?? -1));
  if (turned >= 0) difference.order ??= page[pairs.indexOf(order[turned])] ?? null;
}

/** The row that has most cells in common, more than a half or its first. */
function likest(row: WrittenRow, left: Set<number>, view: WrittenRow[]): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const index of left) {
    const other = view[index];
    if (!other || other.cells.length !== row.cells.length) continue;
    const shared = row.cells.filter((cell, column) => cell.text === other.cells[column]?.text).length;
    const first = row.cells[0]?.text === other.cells[0]?.text ? row.cells.length : 0;
    const enough = first > 0 || shared * 2 >= row.cells.length;
    if (enough && shared + first > most) [best, most] = [index, shared + first];
  }
  return best;
}

/** Beyond so many rows nobody reads which is which. */
const maximumPaired = 500;

/** Rows of the page as they stand there, rows of the view by their position. */
export interface TableDifference {
  /** The headings differ; rows are then not compared. */
  columns: boolean;
  missing: number[];
  extra: WrittenRow[];
  cells: { row: WrittenRow; expected: number; column: number }[];
  /** The first row that stands elsewhere than it should. */
  order: WrittenRow | null;
  /** Text beside the table that differs: its line in the page, and what should stand there. */
  note: { line: number | null; expected: string | null } | null;
}
