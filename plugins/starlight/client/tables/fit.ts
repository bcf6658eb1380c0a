import { inSlices } from './slices.ts';

/**
 * Where nothing is cut off sideways the table is no scroller, so that its head stays in the window; where
 * something is, the keyboard reaches it. Rows that are laid out as cards stay rows of a table to those who
 * hear the page.
 * @returns what does the same to rows that have come since.
 */
export function fitTable(figure: HTMLElement, table: HTMLTableElement): () => void {
  const scroll = table.parentElement;
  if (!scroll) return () => undefined;
  let hasRoles = false;
  new ResizeObserver(() => {
    const fits = scroll.scrollWidth <= scroll.clientWidth + 1;
    figure.classList.toggle('pl-fits', fits);
    if (!fits && scroll.role === null) {
      scroll.role = 'region';
      scroll.ariaLabel = figure.querySelector('figcaption')?.textContent ?? '';
      scroll.tabIndex = 0;
    }
    const row = table.querySelector('tbody tr');
    if (hasRoles || !row || getComputedStyle(row).display === 'table-row') return;
    hasRoles = true;
    table.role = 'table';
    inSlices(table, giveRoles);
  }).observe(scroll);
  return () => {
    if (hasRoles) inSlices(table, giveRoles);
  };
}

function giveRoles(group: HTMLTableSectionElement): void {
  group.role = 'rowgroup';
  for (const row of group.rows) {
    row.role = 'row';
    for (const cell of row.cells) {
      const isGroup = cell.scope === 'rowgroup';
      cell.role = cell.tagName === 'TD' ? 'cell' : isGroup ? 'rowheader' : 'columnheader';
    }
  }
}
