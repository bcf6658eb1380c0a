import type { Facet } from './facets.ts';

/**
 * What a table shows, from the query of the address: `waves.filter`, `waves.sort` and `waves.is.kind` of the
 * table `waves.table`, wherever on the page it stands.
 */
export function readState(id: string): TableState {
  const query = new URLSearchParams(location.search);
  const own = keysOf(id);
  return { filter: query.get(own.filter) ?? '', sort: query.get(own.sort) ?? '' };
}

/** Whether a facet is chosen. */
export function hasFacets(id: string): boolean {
  const own = keysOf(id);
  return [...new URLSearchParams(location.search).keys()].some((key) => key.startsWith(own.is('')));
}

/** Chooses in the facets what the address says. */
export function readFacets(id: string, facets: Facet[]): void {
  const query = new URLSearchParams(location.search);
  const own = keysOf(id);
  for (const { name, select } of facets) {
    const value = query.get(own.is(name)) ?? '';
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
}

export function writeState(id: string, { filter, sort }: TableState, facets: Facet[]): void {
  if (id === '') return;
  const url = new URL(location.href);
  const own = keysOf(id);
  const values: [string, string][] = [
    [own.filter, filter],
    [own.sort, sort],
    ...facets.map(({ name, select }): [string, string] => [own.is(name), select.value]),
  ];
  for (const [key, value] of values) {
    if (value === '') url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  if (url.href !== location.href) history.replaceState(history.state, '', url);
}

function keysOf(id: string) {
  const name = id.replace(/\.table$/, '');
  return { filter: `${name}.filter`, sort: `${name}.sort`, is: (column: string) => `${name}.is.${column}` };
}

export interface TableState {
  filter: string;
  /** A column, with `-` before it downwards; empty for the order of the page. */
  sort: string;
}
