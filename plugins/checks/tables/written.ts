/**
 * A table as Markdown has it written, for comparison: cells without padding and escapes, rows under the
 * heading of their group. Column widths, alignment and blank lines are lost on purpose.
 */
export function readWrittenTable(markdown: string): WrittenTable {
  const table: WrittenTable = { columns: null, rows: [], notes: [] };
  let group = '';
  let inside = false;
  for (const [line, text] of markdown.split('\n').entries()) {
    const trimmed = text.trim();
    if (!trimmed.startsWith('|')) inside = false;
    if (trimmed === '') continue;
    if (trimmed.startsWith('|')) {
      const cells = cellsOf(text);
      const isHead = !inside;
      if (inside && cells.every((cell) => /^:?-+:?$/.test(cell.text))) continue;
      inside = true;
      if (!isHead) table.rows.push({ line, group, cells });
      else if (table.columns === null) table.columns = { line, group: '', cells };
      else if (!sameCells(cells, table.columns.cells)) table.notes.push({ line, text: plain(trimmed) });
    } else if (/^\*\*.*\*\*$/.test(trimmed)) group = plain(trimmed.slice(2, -2));
    else table.notes.push({ line, text: plain(trimmed) });
  }
  return table;
}

function sameCells(one: WrittenCell[], other: WrittenCell[]): boolean {
  return one.length === other.length && one.every((cell, index) => cell.text === other[index]?.text);
}

/** Split at pipes that no backslash stands before, as GitHub does it, even in code. */
function cellsOf(text: string): WrittenCell[] {
  const cells: WrittenCell[] = [];
  const start = text.indexOf('|') + 1;
  const end = /(?<!\\)\|\s*$/.exec(text.slice(start))?.index ?? text.length - start;
  let column = start;
  for (const raw of text.slice(start, start + end).split(/(?<!\\)\|/)) {
    const lead = raw.length - raw.trimStart().length;
    const trimmed = raw.trim();
    cells.push({ text: plain(trimmed), column: column + lead, endColumn: column + lead + trimmed.length });
    column += raw.length + 1;
  }
  return cells;
}

/** Without the backslashes before what would be markup. */
function plain(text: string): string {
  return text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll(/\s+/g, ' ');
}

export interface WrittenTable {
  /** The first heading row; null where there is no table. */
  columns: WrittenRow | null;
  rows: WrittenRow[];
  /** What else stands there. */
  notes: { line: number; text: string }[];
}

export interface WrittenRow {
  /** From 0. */
  line: number;
  /** Heading of its group; empty where there is none. */
  group: string;
  cells: WrittenCell[];
}

interface WrittenCell {
  text: string;
  /** From 0, in its line. */
  column: number;
  endColumn: number;
}
