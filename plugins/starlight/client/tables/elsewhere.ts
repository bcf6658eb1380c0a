/** Where the rows of a table lie of which its page shows the first; null for a table that is whole. */
export function elsewhereOf(figure: HTMLElement): Elsewhere | null {
  const link = figure.querySelector<HTMLAnchorElement>('.pl-all[data-of]');
  if (!link) return null;
  return { link, of: Number(link.dataset.of) };
}

/** The tables of its parts, in order. Rejects where one of them cannot be read. */
export async function fetchTables({ link, of }: Elsewhere): Promise<HTMLTableElement[]> {
  const tables: HTMLTableElement[] = [];
  for (let part = 1; part <= of; part++) {
    const response = await fetch(link.href.replace(/1(?=\D*$)/, String(part)));
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const table = page.querySelector('table');
    if (table) tables.push(table);
  }
  return tables;
}

export interface Elsewhere {
  /** To the first of them; the others have their number in the place of its own. */
  link: HTMLAnchorElement;
  /** How many there are. */
  of: number;
}
