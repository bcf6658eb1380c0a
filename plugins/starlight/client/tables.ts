/**
 * Live tables, made livelier: a filter, facets with counts, sorting by a click on a heading, copies, links
 * to rows, and one stop of the keyboard each. The rest of a long one is read from pages of its own. The
 * state lies in the query of the address, so that a filtered table can be sent to a colleague. Without
 * JavaScript the table is whole, or says where it is.
 */
import { compareCells } from '../../base/compare.ts';
import { roveAmong } from './rove.ts';
import { linkRows } from './tables/anchors.ts';
import { copies } from './tables/copies.ts';
import { bringOnOpening } from './tables/elsewhere.ts';
import { createFacets, type Facet, facetElements } from './tables/facets.ts';
import { fitTable } from './tables/fit.ts';
import { moveByKeys } from './tables/keys.ts';
import { bringRows, growTable } from './tables/more-rows.ts';
import { type RowsElsewhere, rowsElsewhere } from './tables/parts.ts';
import { readTable, type TableRow, type TableRows } from './tables/read.ts';
import { whenIdle } from './tables/slices.ts';
import { hasFacets, readFacets, readState, type TableState, writeState } from './tables/state.ts';
import { type Say, say } from './words.ts';

if (say) for (const figure of document.querySelectorAll<HTMLElement>('.pl-table')) enhance(figure, say);

function enhance(figure: HTMLElement, say: Say): void {
  const read = readTable(figure);
  if (!read) {
    bringOnOpening(figure, (whole) => enhance(whole, say));
    return;
  }
  const elsewhere = rowsElsewhere(figure, read, say);
  const giveRoles = fitTable(figure, read.table);
  const bar = figure.querySelector<HTMLElement>('.pl-bar');
  const show = bar
    ? filterAndSort(figure, read, bar, say, elsewhere, changedRows)
    : elsewhere
      ? growTable(figure, read, say, elsewhere, changedRows)
      : async () => undefined;
  // With the buttons that sort.
  const calm = moveByKeys(read.table);
  const foot = figure.querySelector('.pl-foot');
  foot?.append(...copies(read, say, elsewhere?.load));
  if (foot) {
    const of = (selector: string) => foot.querySelectorAll<HTMLElement>(selector);
    // What shows more rows comes last, as it goes when all are shown.
    roveAmong([...of('.pl-all, .pl-tail button'), ...of('.pl-more')], foot);
  }
  linkRows(figure, read, say, show);

  function changedRows(): void {
    calm();
    giveRoles();
  }
}

/** @returns what brings a row onto the page, whatever is filtered. */
function filterAndSort(
  figure: HTMLElement,
  { columns, headings, rows, bodies }: TableRows,
  bar: HTMLElement,
  say: Say,
  elsewhere: RowsElsewhere | null,
  changedRows: () => void,
): (row: string) => Promise<void> {
  const title = figure.querySelector('figcaption')?.textContent ?? '';
  const count = figure.querySelector('.pl-count');
  const total = Number(figure.dataset.total ?? figure.dataset.rows);
  count?.setAttribute('aria-live', 'polite');
  const filter = document.createElement('input');
  filter.type = 'search';
  filter.className = 'pl-filter';
  filter.placeholder = say('filter');
  filter.ariaLabel = say('filterOf', { title });
  bar.append(filter);
  const facets: Facet[] = [];
  const state: TableState = readState(figure.id);
  filter.value = state.filter;
  filter.addEventListener('input', () => {
    state.filter = filter.value;
    void changed(true);
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
      void changed();
    });
  }
  let sorted = '';
  let hasAll = elsewhere === null;
  if (elsewhere === null) addFacets();
  else {
    filter.addEventListener(
      'focus',
      () =>
        void readAll().then(
          () => showRows(),
          () => undefined,
        ),
    );
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

  /** @param id of a row that is to stand on the page, whatever is filtered. */
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

  /** @param isTyped a letter more: the next one must not wait for what is not looked at meanwhile. */
  async function changed(isTyped = false): Promise<void> {
    elsewhere?.begin();
    // What is there already is shown at once.
    if (elsewhere !== null && !hasAll) await readAll();
    if (state.sort !== sorted) sortRows();
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
    const words = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = facets.filter(({ select }) => select.value !== '');
    if (!isTyped) for (const facet of facets) facet.start();
    const shown: TableRow[] = [];
    const inBody = new Map<Element | null, number>();
    for (const row of rows) {
      const isFound = words.every((word) => row.text.includes(word));
      // What the choices count is told once nobody types.
      row.isShown = isFound && (isTyped ? chosen.every((facet) => facet.lets(row)) : countFor(facets, row));
      // Rows that lie elsewhere stand on the page only while they are shown.
      if (elsewhere === null && row.element.hidden === row.isShown) row.element.hidden = !row.isShown;
      if (!row.isShown) continue;
      shown.push(row);
      if (elsewhere !== null) continue;
      const body = row.element.parentElement;
      inBody.set(body, (inBody.get(body) ?? 0) + 1);
    }
    if (!isTyped) for (const facet of facets) facet.finish();
    const placed = elsewhere?.place(shown, sorted !== '') ?? shown.length;
    const told = shown.length < rows.length ? shown.length : placed;
    if (count) count.textContent = say('shown', { shown: told, count: total });
    if (elsewhere) {
      changedRows();
      return;
    }
    for (const { element } of bodies) {
      const own = inBody.get(element) ?? 0;
      element.hidden = own === 0;
      if (element.style.length > 0) element.style.setProperty('--rows', String(own));
    }
  }

  /** Across the groups; without a column as it was. */
  function sortRows(): void {
    sorted = state.sort;
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
    if (elsewhere) return;
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
