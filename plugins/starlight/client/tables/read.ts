/** The rows of a table as texts, read once: the page is asked for none of it again. */
export function readTable(figure: HTMLElement): TableRows | null {
  const table = figure.querySelector('table');
  if (!table) return null;
  const headings = [...table.querySelectorAll<HTMLTableCellElement>('thead th')];
  const columns = headings.map(({ dataset, textContent }) => {
    const label = textContent?.trim() ?? '';
    return { name: dataset.column ?? label.toLowerCase(), label };
  });
  const rows = readRows(table, 0);
  const bodies = [...table.tBodies].map((element): TableBody => {
    const heading = element.querySelector<HTMLElement>('.pl-group');
    return { element, heading, size: rows.filter((row) => row.element.parentElement === element).length };
  });
  return { table, headings, columns, rows, bodies };
}

/** @param before rows that come before those of this table. */
export function readRows(table: HTMLTableElement, before: number): TableRow[] {
  const rows: TableRow[] = [];
  for (const body of table.tBodies) {
    const heading = body.querySelector<HTMLElement>('.pl-group');
    const group = body.dataset.group ?? '';
    for (const element of body.rows) {
      if (element.dataset.id === undefined) continue;
      // A row goes by its first link where nothing else tells it.
      element.dataset.id ||= element.querySelector('a')?.pathname ?? '';
      const cells = [...element.cells].map(
        (cell) => cell.textContent || (cell.querySelector('a')?.title ?? ''),
      );
      if (group !== '') element.dataset.group = group;
      // What a link says of itself is found too.
      const text = `${group} ${cells.join(' ')} ${placeOf(element)}`.toLowerCase();
      rows.push({ element, group, heading, cells, text, place: before + rows.length, isShown: true });
    }
  }
  return rows;
}

/** Where the thing of a row is written, if its name says so to a pointer. */
export function placeOf(row: HTMLTableRowElement): string {
  return row.querySelector<HTMLElement>('a:not([class])[title], .pl-ref[title]')?.title ?? '';
}

export interface TableRows {
  table: HTMLTableElement;
  headings: HTMLTableCellElement[];
  columns: TableColumn[];
  /** As they stand on the page. */
  rows: TableRow[];
  bodies: TableBody[];
}

export interface TableColumn {
  name: string;
  label: string;
}

export interface TableRow {
  element: HTMLTableRowElement;
  /** What names its group is above its rows. */
  group: string;
  heading: HTMLElement | null;
  /** Their texts; of an arrow to a file, that file. */
  cells: string[];
  /** All that a filter finds it by, in small letters. */
  text: string;
  /** Among the rows, as the page was made. */
  place: number;
  /** Whether the filter and the choices let it through. */
  isShown: boolean;
}

interface TableBody {
  element: HTMLTableSectionElement;
  heading: HTMLElement | null;
  /** Rows that it holds. */
  size: number;
}
