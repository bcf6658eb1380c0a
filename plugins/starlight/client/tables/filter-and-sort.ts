import type { Say } from '../words.ts';
import { createFacets, type Facet, facetElements, letThrough } from './facets.ts';
import { bringRows } from './more-rows.ts';
import type { RowsElsewhere } from './parts.ts';
import type { TableRow, TableRows } from './read.ts';
import { whenIdle } from './slices.ts';
import { addSortButtons, sortRows } from './sort-rows.ts';
import { hasFacets, readFacets, readState, type TableState, writeState } from './state.ts';

/**
 * Adds a filter, facets and sorting to a table. Rows that lie elsewhere are read once somebody uses them.
 * @param changedRows is called where other rows stand on the page.
 * @returns what brings a row onto the page by its id, whatever is filtered.
 */
export function filterAndSort(
  figure: HTMLElement,
  read: TableRows,
  bar: HTMLElement,
  say: Say,
  elsewhere: RowsElsewhere | null,
  changedRows: () => void,
): (row: string) => Promise<void> {
  const { columns, rows, bodies } = read;
  const count = figure.querySelector('.pl-count');
  const total = Number(figure.dataset.total ?? figure.dataset.rows);
  count?.setAttribute('aria-live', 'polite');
  const state: TableState = readState(figure.id);
  const facets: Facet[] = [];
  const filter = filterInput(figure, say);
  filter.value = state.filter;
  bar.append(filter);
  filter.addEventListener('input', () => {
    state.filter = filter.value;
    void changed(true);
  });
  addSortButtons(read, state, () => void changed());
  let sorted = '';
  let hasAll = elsewhere === null;
  if (elsewhere === null) addFacets();
  else {
    const showOnceRead = () =>
      void readAll().then(
        () => showRows(),
        () => undefined,
      );
    filter.addEventListener('focus', showOnceRead);
    bringRows(elsewhere, rows, readAll, showRows);
  }
  if (elsewhere === null || state.filter !== '' || state.sort !== '' || hasFacets(figure.id)) void changed();
  return show;

  function addFacets(): void {
    facets.push(...createFacets(columns, rows, say, () => void changed()));
    readFacets(figure.id, facets);
    bar.append(...facetElements(facets, say));
  }

  async function readAll(): Promise<void> {
    await elsewhere?.load();
    if (elsewhere === null || hasAll) return;
    hasAll = true;
    addFacets();
  }

  async function show(id: string): Promise<void> {
    await readAll();
    const at = rows.findIndex(({ element }) => element.dataset.id === id);
    if (at < 0) return;
    if (!rows[at]?.isShown) {
      state.filter = filter.value = '';
      for (const { select } of facets) select.value = '';
      await changed();
    }
    elsewhere?.widen(at + 1);
    showRows();
  }

  /** @param isTyped by another letter in the filter: what the next letter need not wait for is put off. */
  async function changed(isTyped = false): Promise<void> {
    elsewhere?.begin();
    // Where all rows are here they are shown at once, without a turn of the event loop.
    if (elsewhere !== null && !hasAll) await readAll();
    if (state.sort !== sorted) {
      sorted = state.sort;
      sortRows(figure, read, sorted, elsewhere === null);
    }
    showRows(isTyped);
    writeState(figure.id, state, facets);
    if (!isTyped) return;
    const { filter: typed } = state;
    whenIdle(() => {
      if (state.filter !== typed) return;
      elsewhere?.goOn();
      showRows();
    });
  }

  function showRows(isTyped = false): void {
    const shown = rowsThrough(isTyped);
    const placed = elsewhere?.place(shown, sorted !== '') ?? shown.length;
    const told = shown.length < rows.length ? shown.length : placed;
    if (count) count.textContent = say('shown', { shown: told, count: total });
    if (elsewhere === null) hideEmptyBodies(bodies, shown);
    else changedRows();
  }

  /** The rows that the filter and the facets let through. What facets count is told once nobody types. */
  function rowsThrough(isTyped: boolean): TableRow[] {
    const words = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
    if (!isTyped) for (const facet of facets) facet.start();
    for (const row of rows) {
      const isFound = words.every((word) => row.text.includes(word));
      row.isShown = isFound && letThrough(row, facets, !isTyped);
      // Rows that lie elsewhere stand on the page only while they are shown.
      if (elsewhere === null && row.element.hidden === row.isShown) row.element.hidden = !row.isShown;
    }
    if (!isTyped) for (const facet of facets) facet.finish();
    return rows.filter(({ isShown }) => isShown);
  }
}

function filterInput(figure: HTMLElement, say: Say): HTMLInputElement {
  const title = figure.querySelector('figcaption')?.textContent ?? '';
  const filter = document.createElement('input');
  filter.type = 'search';
  filter.className = 'pl-filter';
  filter.placeholder = say('filter');
  filter.ariaLabel = say('filterOf', { title });
  return filter;
}

/** Hides each group of which no row is shown; those that say how many rows they have are told anew. */
function hideEmptyBodies(bodies: TableRows['bodies'], shown: readonly TableRow[]): void {
  const counts = new Map<Element | null, number>();
  for (const { element } of shown)
    counts.set(element.parentElement, (counts.get(element.parentElement) ?? 0) + 1);
  for (const { element } of bodies) {
    const own = counts.get(element) ?? 0;
    element.hidden = own === 0;
    if (element.style.length > 0) element.style.setProperty('--rows', String(own));
  }
}
