/** The rows of a table as texts, read once: the page is asked for none of it again. */
export function readTable(figure: HTMLElement): TableRows | null {
  const table = figure.querySelector('table');
  if (!table) return null;
  const headings = [...table.querySelectorAll<HTMLTableCellElement>('thead th')];
  const columns = headings.map(({ dataset, textContent }) => ({
    name: dataset.column ?? '',
    label: textContent?.trim() ?? '',
  }));
  const rows: TableRow[] = [];
  const bodies = [...table.tBodies].map((element): TableBody => {
    const heading = element.querySelector<HTMLElement>('.pl-group');
    const group = element.dataset.group ?? '';
    const own = [...element.rows].filter((row) => row.dataset.id !== undefined);
    for (const row of own) {
      const cells = [...row.cells].map((cell) => cell.textContent || (cell.querySelector('a')?.title ?? ''));
      if (group !== '') row.dataset.group = group;
      rows.push({
        element: row,
        cells,
        text: `${group} ${cells.join(' ')}`.toLowerCase(),
        place: rows.length,
      });
    }
    return { element, heading, size: own.length };
  });
  return { table, headings, columns, rows, bodies };
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
  /** Their texts; of an arrow to a file, that file. */
  cells: string[];
  /** All that a filter finds it by, in small letters. */
  text: string;
  /** Among the rows, as the page was made. */
  place: number;
}

interface TableBody {
  element: HTMLTableSectionElement;
  heading: HTMLElement | null;
  /** Rows that it holds. */
  size: number;
}
