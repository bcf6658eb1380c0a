/**
 * Live tables, made livelier: a filter, facets with counts, sorting by a click on a heading, copies, links to
 * rows, and one stop of the keyboard each. The state lies in the query of the address, so that a filtered
 * table can be sent to a colleague. Without JavaScript the table is whole and complete.
 */
import { compareCells } from '../../base/compare.ts';
import { linkRows } from './tables/anchors.ts';
import { copies } from './tables/copies.ts';
import { createFacets, type Facet } from './tables/facets.ts';
import { fitTable } from './tables/fit.ts';
import { moveByKeys } from './tables/keys.ts';
import { readTable, type TableRow, type TableRows } from './tables/read.ts';
import { readState, type TableState, writeState } from './tables/state.ts';
import { type Say, say } from './words.ts';

if (say) for (const figure of document.querySelectorAll<HTMLElement>('.pl-table')) enhance(figure, say);

function enhance(figure: HTMLElement, say: Say): void {
  const read = readTable(figure);
  if (!read) return;
  const bar = figure.querySelector<HTMLElement>('.pl-bar');
  const show = bar ? filterAndSort(figure, read, bar, say) : () => undefined;
  figure.querySelector('.pl-foot')?.append(...copies(read, say));
  linkRows(figure, read, say, () => show(true));
  moveByKeys(read.table);
  fitTable(figure, read.table);
}

/** @returns what shows the table anew, with all its rows where that is asked for. */
function filterAndSort(
  figure: HTMLElement,
  { columns, headings, rows, bodies }: TableRows,
  bar: HTMLElement,
  say: Say,
): (all?: boolean) => void {
  const title = figure.querySelector('.pl-caption')?.textContent ?? '';
  const count = figure.querySelector('.pl-count');
  const total = Number(figure.dataset.total);
  count?.setAttribute('aria-live', 'polite');
  const filter = document.createElement('input');
  filter.type = 'search';
  filter.className = 'pl-filter';
  filter.placeholder = say('filter');
  filter.ariaLabel = say('filterOf', { title });
  const facets = createFacets(columns, rows, say, changed);
  bar.append(filter, ...facets.map(({ select }) => select));

  const state = readState(figure.id, facets);
  filter.value = state.filter;
  filter.addEventListener('input', () => {
    state.filter = filter.value;
    changed();
  });
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
      sortRows();
      changed();
    });
  }
  if (state.sort !== '') sortRows();
  showRows();
  return show;

  function show(all = false): void {
    if (all) {
      state.filter = filter.value = '';
      for (const { select } of facets) select.value = '';
    }
    changed();
  }

  function changed(): void {
    showRows();
    writeState(figure.id, state, facets);
  }

  function showRows(): void {
    const words = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
    for (const facet of facets) facet.start();
    let shown = 0;
    const inBody = new Map<Element | null, number>();
    for (const row of rows) {
      const isFound = words.every((word) => row.text.includes(word));
      const isShown = isFound && countFor(facets, row);
      if (row.element.hidden === isShown) row.element.hidden = !isShown;
      if (!isShown) continue;
      shown++;
      const body = row.element.parentElement;
      inBody.set(body, (inBody.get(body) ?? 0) + 1);
    }
    for (const { element } of bodies) {
      const own = inBody.get(element) ?? 0;
      element.hidden = own === 0;
      if (element.style.length > 0) element.style.setProperty('--rows', String(own));
    }
    for (const facet of facets) facet.finish();
    if (count) count.textContent = say('shown', { shown, count: total });
  }

  /** Across the groups; without a column as it was. */
  function sortRows(): void {
    const name = state.sort.replace(/^-/, '');
    const column = columns.findIndex((one) => one.name === name);
    const sign = state.sort.startsWith('-') ? -1 : 1;
    for (const [at, heading] of headings.entries())
      heading.ariaSort = at === column ? (sign === 1 ? 'ascending' : 'descending') : null;
    figure.classList.toggle('pl-flat', column >= 0);
    for (const { heading } of bodies) if (heading) heading.hidden = column >= 0;
    rows.sort((a, b) => {
      const order =
        column < 0 ? 0 : sign * compareCells(a.cells[column]?.trim() ?? '', b.cells[column]?.trim() ?? '');
      return order || a.place - b.place;
    });
    let next = 0;
    for (const { element, size } of bodies) {
      element.append(...rows.slice(next, next + size).map((row) => row.element));
      next += size;
    }
  }
}

/** Tells each facet of a row that all others let through; true where all do. */
function countFor(facets: Facet[], row: TableRow): boolean {
  const against = facets.filter((facet) => !facet.lets(row));
  if (against.length === 0) for (const facet of facets) facet.count(row);
  else if (against.length === 1) against[0]?.count(row);
  return against.length === 0;
}

export type { TableState };
