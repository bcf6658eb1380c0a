/** Rows that say the same few things many times, as numbers of what they say. */

/** Each value stands once, in memory too when it is read again: V8 writes a text as often as it comes. */
export interface PackedRows<Row> {
  keys: (keyof Row)[];
  values: unknown[];
  /** For each row the number of each key's value; 0 where the row has no such key. */
  cells: Uint32Array;
}

/** Objects among the values are one where they say the same: they must not change. */
export function packRows<Row extends object>(rows: readonly Row[]): PackedRows<Row> {
  const keys = new Set<keyof Row>();
  for (const row of rows) for (const key of Object.keys(row) as (keyof Row)[]) keys.add(key);
  const columns = [...keys];
  const numberOf = numbering();
  const cells = new Uint32Array(rows.length * columns.length);
  for (const [index, row] of rows.entries())
    for (const [column, key] of columns.entries())
      if (key in row) cells[index * columns.length + column] = numberOf.of(row[key]);
  return { keys: columns, values: numberOf.values, cells };
}

export function unpackRows<Row extends object>({ keys, values, cells }: PackedRows<Row>): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < cells.length; at += keys.length) {
    const row = {} as Row;
    for (const [column, key] of keys.entries()) {
      const number = cells[at + column] ?? 0;
      if (number > 0) row[key] = values[number - 1] as Row[keyof Row];
    }
    rows.push(row);
  }
  return rows;
}

/** Numbers from 1, in the order in which values come. */
function numbering(): { values: unknown[]; of(value: unknown): number } {
  const values: unknown[] = [];
  const numbers = new Map<unknown, number>();
  const byText = new Map<string, number>();
  const add = (value: unknown): number => values.push(value);
  return {
    values,
    of(value) {
      const known = numbers.get(value);
      if (known !== undefined) return known;
      if (typeof value !== 'object' || value === null) {
        const number = add(value);
        numbers.set(value, number);
        return number;
      }
      const text = JSON.stringify(value);
      const number = byText.get(text) ?? add(value);
      byText.set(text, number);
      return number;
    },
  };
}
