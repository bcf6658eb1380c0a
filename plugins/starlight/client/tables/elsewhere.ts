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
    const page = await fetchPage(link.href.replace(/1(?=\D*$)/, String(part)));
    const table = page.querySelector('table');
    if (table) tables.push(table);
  }
  return tables;
}

/**
 * A table that its page has only a link to comes, whole as that link's page has it, once what it stands in is
 * opened.
 * @param then what is done with it.
 */
export function bringOnOpening(figure: HTMLElement, then: (figure: HTMLElement) => void): void {
  const elsewhere = elsewhereOf(figure);
  if (elsewhere?.of !== 1) return;
  const bring = async () => {
    const whole = (await fetchPage(elsewhere.link.href)).querySelector<HTMLElement>('.pl-table');
    if (whole === null) return;
    figure.replaceWith(whole);
    then(whole);
  };
  // Where it cannot be read the link leads to it.
  const opened = () => void bring().catch(() => undefined);
  figure.closest('details')?.addEventListener('toggle', opened, { once: true });
}

async function fetchPage(href: string): Promise<Document> {
  const response = await fetch(href);
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

export interface Elsewhere {
  /** To the first of them; the others have their number in the place of its own. */
  link: HTMLAnchorElement;
  /** How many there are. */
  of: number;
}
