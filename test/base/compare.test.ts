import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareBytes, compareCells, compareText } from '../../plugins/base/index.ts';

const anyText = fc.string({ unit: 'binary' });

describe('texts', () => {
  test('by code units, as a list sorts them', () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        expect(texts.toSorted(compareText)).toEqual(texts.toSorted());
      }),
    );
  });

  test('by bytes, as Go has them', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareBytes(a, b))).toBe(expected);
      }),
    );
    expect(['𝕏', '\uffff', 'a', 'ab'].toSorted(compareBytes)).toEqual(['a', 'ab', '\uffff', '𝕏']);
    expect(['𝕏', '\uffff'].toSorted(compareText)).toEqual(['𝕏', '\uffff']);
  });
});

describe('cells', () => {
  test('numbers by size, then texts, and what is empty last', () => {
    const cells = ['b', '10', '—', 'a', '', '9', '-2', 'none', '1.5', '0x1', '1e3'];
    expect(cells.toSorted(compareCells)).toEqual([
      ...['-2', '1.5', '9', '10', '0x1', '1e3', 'a', 'b'],
      ...['—', '', 'none'],
    ]);
  });

  test('are in one order, from whichever side', () => {
    const cell = fc.oneof(anyText, fc.integer().map(String), fc.constantFrom('', '—', 'none', '1.50', '1.5'));
    fc.assert(
      fc.property(cell, cell, cell, (a, b, c) => {
        expect(Math.sign(compareCells(a, b)) + Math.sign(compareCells(b, a))).toBe(0);
        if (compareCells(a, b) <= 0 && compareCells(b, c) <= 0)
          expect(compareCells(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
