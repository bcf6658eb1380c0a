import type { Say } from '../words.ts';
import type { RowsElsewhere } from './parts.ts';
import type { TableRow, TableRows } from './read.ts';
import { whenIdle } from './slices.ts';

/** Rows that lie elsewhere come when they are asked for and onto paper; few of them while nobody waits. */
export function bringRows(
  elsewhere: RowsElsewhere,
  rows: readonly TableRow[],
  read: () => Promise<void>,
  show: () => void,
): void {
  elsewhere.more.addEventListener('click', async () => {
    await read();
    elsewhere.widen();
    show();
  });
  addEventListener('beforeprint', () => {
    if (!elsewhere.isRead) return;
    elsewhere.widen(rows.length);
    show();
  });
  // Where they cannot be read now they are when somebody asks.
  if (elsewhere.isFew) whenIdle(() => void read().then(show, () => undefined));
}

/**
 * A table that is too short for a filter, and has rows elsewhere all the same.
 * @returns what shows a row.
 */
export function growTable(
  figure: HTMLElement,
  { rows }: TableRows,
  say: Say,
  elsewhere: RowsElsewhere,
  changedRows: () => void,
): (row: string) => Promise<void> {
  const count = figure.querySelector('.pl-count');
  const showRows = () => {
    const shown = elsewhere.place(rows, false);
    if (count) count.textContent = say('shown', { shown, count: rows.length });
    changedRows();
  };
  bringRows(elsewhere, rows, elsewhere.load, showRows);
  return async (id) => {
    await elsewhere.load();
    const at = rows.findIndex(({ element }) => element.dataset.id === id);
    if (at < 0) return;
    elsewhere.widen(at + 1);
    showRows();
  };
}
