import type { Say } from '../words.ts';
import { type Elsewhere, elsewhereOf, fetchTables } from './elsewhere.ts';
import { readRows, type TableRow, type TableRows } from './read.ts';

/**
 * A table whose rows lie on pages of their own, of which it shows the first: they are read when somebody
 * asks for more, and as many stand on the page as are looked at. Null for a table that is whole.
 */
export function rowsElsewhere(figure: HTMLElement, read: TableRows, say: Say): RowsElsewhere | null {
  const elsewhere = elsewhereOf(figure);
  if (elsewhere === null) return null;
  const onPage = read.rows.length;
  const all = Number(figure.dataset.rows);
  const step = all - onPage <= fewRows / 2 ? all : atOnce;
  let limit = onPage;
  let isRead = false;
  let reading: Promise<void> | undefined;
  let shown = all;
  const more = document.createElement('button');
  more.type = 'button';
  more.className = 'pl-more';
  elsewhere.link.before(more);
  const tell = () => {
    const count = Math.min(step, shown - limit);
    more.hidden = count <= 0;
    more.textContent = say('more', { count });
  };
  tell();

  return {
    more,
    get isRead() {
      return isRead;
    },
    get isFew() {
      return all <= fewRows;
    },
    load: () => {
      reading ??= readParts(elsewhere).catch((error: unknown) => {
        reading = undefined;
        throw error;
      });
      return reading;
    },
    widen: (to) => {
      limit = Math.max(limit, to ?? limit + step);
    },
    begin: () => {
      limit = Math.max(onPage, all <= fewRows ? atOnce : whileTyped);
    },
    goOn: () => {
      limit = Math.max(limit, atOnce);
    },
    place: (found, isSorted) => {
      shown = found.length;
      const bodies: HTMLTableSectionElement[] = [];
      let group: string | undefined;
      for (const row of found.slice(0, limit)) {
        let body = bodies.at(-1);
        if (!body || (!isSorted && row.group !== group)) {
          body = document.createElement('tbody');
          bodies.push(body);
          group = row.group;
          if (row.heading && !isSorted) body.append(row.heading);
          if (row.group !== '') body.dataset.group = row.group;
        }
        body.append(row.element);
      }
      for (const body of [...read.table.tBodies]) body.remove();
      read.table.append(...bodies);
      tell();
      return Math.min(limit, shown);
    },
  };

  async function readParts(from: Elsewhere): Promise<void> {
    const rows: TableRow[] = [];
    for (const table of await fetchTables(from)) rows.push(...readRows(table, rows.length));
    // Those of the page stay the ones that are there.
    rows.splice(0, onPage, ...read.rows.splice(0));
    for (const row of rows) read.rows.push(row);
    isRead = true;
  }
}

/** Rows that are added at once; as many as a slow machine lays out while nobody waits. */
const atOnce = 50;
/** The same while somebody types into the filter of a very long table. */
const whileTyped = 12;
/** Rows that are read before anybody asks, so that a page is printed whole. */
const fewRows = 500;

export interface RowsElsewhere {
  /** Shows more rows. */
  more: HTMLButtonElement;
  readonly isRead: boolean;
  readonly isFew: boolean;
  /** Reads all rows; `read.rows` holds them then. */
  load(): Promise<void>;
  /** Lets more rows stand on the page: so many in all. */
  widen(to?: number): void;
  /** After another filter only the first, */
  begin(): void;
  /** and the next when nobody waits. */
  goOn(): void;
  /** Puts the first of the rows that were found onto the page, and says how many. */
  place(found: TableRow[], isSorted: boolean): number;
}
