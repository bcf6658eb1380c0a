/** Where the rows of a table lie of which its page shows the first; null for a table that is whole. */
export function elsewhereOf(figure: HTMLElement): Elsewhere | null {
  const link = figure.querySelector<HTMLAnchorElement>('.pl-all[data-parts]');
  if (!link) return null;
  const { parts = '', of = '1' } = link.dataset;
  return { link, parts, of: Number(of) };
}

/** The tables of its parts, in order. Rejects where one of them cannot be read. */
export async function fetchTables({ parts, of }: Elsewhere): Promise<HTMLTableElement[]> {
  const tables: HTMLTableElement[] = [];
  for (let part = 1; part <= of; part++) {
    const response = await fetch(parts.replace(/0(?=\D*$)/, String(part)));
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const table = page.querySelector('table');
    if (table) tables.push(table);
  }
  return tables;
}

export interface Elsewhere {
  /** To the first of them. */
  link: HTMLAnchorElement;
  /** The address that each has, with 0 in the place of its number. */
  parts: string;
  /** How many there are. */
  of: number;
}
