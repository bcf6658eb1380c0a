import { compareCells } from '../../../base/compare.ts';
import type { Say } from '../words.ts';
import type { TableColumn, TableRow } from './read.ts';

/**
 * A choice for each column with few values. A value's number is that of the rows which the filter and the
 * other facets let through, so that a facet does not count itself.
 */
export function createFacets(
  columns: TableColumn[],
  rows: TableRow[],
  say: Say,
  onChange: () => void,
): Facet[] {
  const facets: Facet[] = [];
  if (rows.length < fewestToChoose) return facets;
  for (const [index, column] of columns.entries()) {
    if (facets.length === mostFacets) break;
    const facet = column.name === 'origin' ? null : facetOf(column, valuesIn(rows, index), say, onChange);
    if (facet) facets.push(facet);
  }
  return facets;
}

/**
 * Facets as they stand in the bar of a table: beside the filter, or where that takes the width behind a
 * button.
 */
export function facetElements(facets: Facet[], say: Say): HTMLElement[] {
  if (facets.length === 0) return [];
  const group = document.createElement('div');
  group.className = 'pl-facets';
  group.append(...facets.map(({ select }) => select));
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'pl-narrow';
  button.textContent = say('narrow');
  const open = (isOpen: boolean) => {
    group.classList.toggle('pl-open', isOpen);
    button.ariaExpanded = String(isOpen);
  };
  open(facets.some(({ select }) => select.value !== ''));
  button.addEventListener('click', () => open(button.ariaExpanded !== 'true'));
  return [button, group];
}

/**
 * Whether all facets let a row through.
 * @param counts tells each facet of the row that all other facets let through.
 */
export function letThrough(row: TableRow, facets: readonly Facet[], counts: boolean): boolean {
  const against = facets.filter((facet) => !facet.lets(row));
  if (counts && against.length === 0) for (const facet of facets) facet.count(row);
  else if (counts && against.length === 1) against[0]?.count(row);
  return against.length === 0;
}

function facetOf(
  { name, label }: TableColumn,
  values: Map<TableRow, string[]>,
  say: Say,
  onChange: () => void,
): Facet | null {
  const all = [...new Set([...values.values()].flat())].sort(compareCells);
  const isFew = all.length > 1 && all.length <= mostValues && values.size / all.length >= fewestRows;
  if (!isFew || all.some((value) => value.length > longestValue)) return null;
  const select = document.createElement('select');
  select.className = 'pl-facet';
  select.ariaLabel = label;
  select.add(new Option(say('facetAll', { label }), ''));
  const options = new Map(all.map((value) => [value, new Option(value, value)]));
  for (const option of options.values()) select.add(option);
  select.addEventListener('change', onChange);
  const counts = new Map<string, number>();
  const told = new Map<string, number>();
  return {
    name,
    select,
    lets: (row) => select.value === '' || values.get(row)?.includes(select.value) === true,
    start: () => counts.clear(),
    count(row) {
      for (const value of values.get(row) ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
    },
    finish() {
      select.classList.toggle('pl-chosen', select.value !== '');
      for (const [value, option] of options) {
        const count = counts.get(value) ?? 0;
        // Each option that is written is laid out again.
        if (told.get(value) !== count) option.text = say('facet', { value, count });
        told.set(value, count);
        const isNone = count === 0 && !option.selected;
        if (option.disabled !== isNone) option.disabled = isNone;
      }
    },
  };
}

/** What stands in a column, row by row; a list gives each of its items. */
function valuesIn(rows: TableRow[], column: number): Map<TableRow, string[]> {
  return new Map(
    rows.map((row) => {
      const list = row.element.cells[column]?.firstElementChild;
      const items = list?.localName === 'ul' ? [...list.children] : null;
      const texts = items?.map((item) => item.textContent?.trim() ?? '') ?? [row.cells[column]?.trim() ?? ''];
      return [row, [...new Set(texts)].filter((text) => text !== '')];
    }),
  );
}

const mostFacets = 4;
const mostValues = 60;
/** Rows of a table: fewer are seen at once. */
const fewestToChoose = 12;
/** Rows that a value has on average: a choice of single rows helps nobody. */
const fewestRows = 2.5;
/** Characters. */
const longestValue = 40;

export interface Facet {
  /** Of its column. */
  name: string;
  select: HTMLSelectElement;
  /** Whether what is chosen lets a row through. */
  lets(row: TableRow): boolean;
  /** Begins to count. */
  start(): void;
  count(row: TableRow): void;
  /** Shows what was counted. */
  finish(): void;
}
