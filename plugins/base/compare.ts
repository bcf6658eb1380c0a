/**
 * The orders that everything is sorted by: the same on every machine, never by locale. The browser's script
 * sorts by them too, so this file imports nothing.
 */

/** Texts by their code units, as `sort()` of a list has them; 0 where both are the same. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Texts by their bytes in UTF-8, as Go has them: another order than `compareText` only beyond U+FFFF. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [first, second] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (first !== second) return byteRank(first) - byteRank(second);
  }
  return a.length - b.length;
}

/**
 * What a reader sees in the cells of a column: numbers by size, before texts; what is empty (`—`, `none`)
 * last.
 */
export function compareCells(a: string, b: string): number {
  if (a === b) return 0;
  if (empty.has(a) || empty.has(b)) return Number(empty.has(a)) - Number(empty.has(b));
  const [isFirst, isSecond] = [number.test(a), number.test(b)];
  if (isFirst && isSecond) return Number(a) - Number(b);
  if (isFirst !== isSecond) return isFirst ? -1 : 1;
  return compareText(a, b);
}

/** Halves of a pair stand for characters beyond U+FFFF, whose bytes come after all others. */
function byteRank(unit: number): number {
  const isHalf = unit >= 0xd800 && unit < 0xe000;
  return isHalf ? unit + 0x10000 : unit;
}

const empty = new Set(['', '—', 'none']);
const number = /^-?\d+(\.\d+)?$/;
