import { describe, expect, it } from 'vitest';
import { packRows, unpackRows } from '../../plugins/base/index.ts';

interface Row {
  policy: string;
  origin: { file: string; line: number };
  note?: string | null;
}

const rows: Row[] = [
  { policy: 'owner', origin: { file: 'a.yaml', line: 1 } },
  { policy: 'owner', origin: { file: 'a.yaml', line: 1 }, note: null },
  { policy: 'limits', origin: { file: 'a.yaml', line: 2 }, note: '' },
];

describe('packed rows', () => {
  it('are the same again, a key that is left out too', () => {
    const again = unpackRows(packRows(rows));
    expect(again).toEqual(rows);
    expect('note' in (again[0] ?? {})).toBe(false);
    expect(JSON.stringify(again)).toBe(JSON.stringify(rows));
  });

  it('hold each text and each place once', () => {
    const { values } = packRows(rows);
    expect(values).toEqual(['owner', rows[0]?.origin, null, 'limits', rows[2]?.origin, '']);
  });

  it('are none of none', () => {
    expect(unpackRows(packRows([]))).toEqual([]);
  });
});
