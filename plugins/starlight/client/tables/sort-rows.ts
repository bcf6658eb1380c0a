import { compareCells } from '../../../base/compare.ts';
import type { TableRows } from './read.ts';
import type { TableState } from './state.ts';

/** Makes each heading a button: up, down, and as the page has it. */
export function addSortButtons(
  { columns, headings }: TableRows,
  state: TableState,
  onChange: () => void,
): void {
  for (const [column, heading] of headings.entries()) {
    const name = columns[column]?.name ?? '';
    if (name === 'origin') continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'pl-sort';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      state.sort = state.sort === name ? `-${name}` : state.sort === `-${name}` ? '' : name;
      onChange();
    });
  }
}

/**
 * Sorts across the groups of a table, or puts rows back as the page has them.
 * @param sort as `TableState` has it.
 * @param isWhole all rows stand on the page and are moved there; others are placed when they are shown.
 */
export function sortRows(
  figure: HTMLElement,
  { columns, headings, rows, bodies }: TableRows,
  sort: string,
  isWhole: boolean,
): void {
  const name = sort.replace(/^-/, '');
  const column = columns.findIndex((one) => one.name === name);
  const sign = sort.startsWith('-') ? -1 : 1;
  for (const [at, heading] of headings.entries())
    heading.ariaSort = at === column ? (sign === 1 ? 'ascending' : 'descending') : null;
  figure.classList.toggle('pl-flat', column >= 0);
  for (const { heading } of bodies) if (heading) heading.hidden = column >= 0;
  rows.sort((a, b) => {
    const order =
      column < 0 ? 0 : sign * compareCells(a.cells[column]?.trim() ?? '', b.cells[column]?.trim() ?? '');
    return order || a.place - b.place;
  });
  if (!isWhole) return;
  let next = 0;
  for (const { element, size } of bodies) {
    element.append(...rows.slice(next, next + size).map((row) => row.element));
    next += size;
  }
}
