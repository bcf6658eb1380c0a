import { isSame, textOf } from './content-text.ts';
import type { Content } from './elements.ts';

/**
 * Columns that say the same in every row are said once, above the table. Two columns stay at least, and all
 * of a table of one or two rows, which has nothing to repeat.
 */
export function foldColumns<Column>(columns: Column[], rows: Content[][]): FoldedColumns<Column> {
  const [first] = rows;
  const isFolded = columns.map(
    (_, index) =>
      first !== undefined &&
      rows.length >= fewestRows &&
      textOf(first[index] ?? '').length <= longestValue &&
      rows.every((cells) => isSame(cells[index] ?? '', first[index] ?? '')),
  );
  if (isFolded.filter((is) => !is).length < 2) return { columns, rows, same: [] };
  const keep = <T>(list: T[]) => list.filter((_, index) => !isFolded[index]);
  return {
    columns: keep(columns),
    rows: rows.map((cells) => keep(columns.map((_, index) => cells[index] ?? ''))),
    same: columns.flatMap((column, index) =>
      isFolded[index] ? [{ column, value: first?.[index] ?? '' }] : [],
    ),
  };
}

const fewestRows = 3;
/** Characters: what is longer reads better in its column. */
const longestValue = 120;

interface FoldedColumns<Column> {
  columns: Column[];
  rows: Content[][];
  /** What stands in every row. */
  same: { column: Column; value: Content }[];
}
