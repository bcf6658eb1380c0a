/**
 * Live tables, made livelier: a filter box, sorting by a click on a heading, and `12 of 40` while filtered.
 * The state lies in the query of the address, so that a filtered table can be sent to a colleague.
 * Without JavaScript the table is whole and complete.
 */

import { compareCells } from '../../base/compare.ts';
import { type Say, say } from './words.ts';

/** A filter over fewer rows is in the way. */
const fewest = 9;

if (say)
  for (const [index, figure] of document.querySelectorAll<HTMLElement>('.pl-table').entries())
    enhance(figure, index, say);

function enhance(figure: HTMLElement, index: number, say: Say): void {
  const table = figure.querySelector('table');
  const count = figure.querySelector('.pl-count');
  if (!table) return;
  const rows = [...table.querySelectorAll<HTMLTableRowElement>('tbody tr[data-id]')];
  if (rows.length < fewest) return;
  const state = readState(index);
  const allRows = count?.textContent ?? '';
  const original = new Map(rows.map((row, place) => [row, place]));
  const texts = new Map(rows.map((row) => [row, (row.textContent ?? '').toLowerCase()]));

  const filter = document.createElement('input');
  filter.type = 'search';
  filter.className = 'pl-filter';
  filter.placeholder = say('filter');
  filter.value = state.filter;
  const title = figure.querySelector('.pl-caption')?.textContent ?? '';
  filter.setAttribute('aria-label', say('filterOf', { title }));
  const bar = document.createElement('div');
  bar.className = 'pl-bar';
  bar.append(filter);
  figure.querySelector('.pl-scroll')?.before(bar);
  count?.setAttribute('aria-live', 'polite');

  const headings = [...table.querySelectorAll<HTMLTableCellElement>('thead th')];
  for (const [column, heading] of headings.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'pl-sort';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const name = nameOf(headings, column);
      state.sort = state.sort === name ? `-${name}` : state.sort === `-${name}` ? '' : name;
      show();
      writeState(index, state);
    });
  }
  filter.addEventListener('input', () => {
    state.filter = filter.value;
    show();
    writeState(index, state);
  });
  show();

  function show(): void {
    const words = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => texts.get(row)?.includes(word));
      if (!row.hidden) shown++;
    }
    if (count) count.textContent = words.length === 0 ? allRows : say('shown', { shown, count: rows.length });
    sortRows();
    for (const body of table?.tBodies ?? []) {
      const own = [...body.querySelectorAll<HTMLElement>('tr[data-id]')];
      const heading = body.querySelector<HTMLElement>('.pl-group');
      if (heading) heading.hidden = own.every((row) => row.hidden);
    }
  }

  /** Within each group, so that a grouped table stays grouped. */
  function sortRows(): void {
    const name = state.sort.replace(/^-/, '');
    const column = headings.findIndex((_, at) => nameOf(headings, at) === name);
    const sign = state.sort.startsWith('-') ? -1 : 1;
    for (const [at, heading] of headings.entries()) {
      if (at === column) heading.setAttribute('aria-sort', sign === 1 ? 'ascending' : 'descending');
      else heading.removeAttribute('aria-sort');
    }
    for (const body of table?.tBodies ?? []) {
      const own = rows.filter((row) => row.parentElement === body);
      const key = (row: HTMLTableRowElement) => row.cells[column]?.textContent?.trim() ?? '';
      own.sort((a, b) => {
        const before = (original.get(a) ?? 0) - (original.get(b) ?? 0);
        return column < 0 ? before : sign * compareCells(key(a), key(b)) || before;
      });
      body.append(...own);
    }
  }
}

function nameOf(headings: HTMLTableCellElement[], column: number): string {
  return headings[column]?.dataset.column ?? String(column);
}

/** The first table of a page keeps its state in `filter` and `sort`, the others in `filter2`, `sort2`, … */
function readState(index: number): TableState {
  const query = new URLSearchParams(location.search);
  return { filter: query.get(keyOf('filter', index)) ?? '', sort: query.get(keyOf('sort', index)) ?? '' };
}

function writeState(index: number, state: TableState): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(state)) {
    if (value === '') url.searchParams.delete(keyOf(name, index));
    else url.searchParams.set(keyOf(name, index), value);
  }
  history.replaceState(history.state, '', url);
}

function keyOf(name: string, index: number): string {
  return index === 0 ? name : `${name}${index + 1}`;
}

interface TableState {
  filter: string;
  sort: string;
}
