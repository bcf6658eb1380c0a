import type { Place } from '../diagnostic.ts';

/** Offsets of the first character of every line. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** The place of a range of offsets; blank space at its end does not belong to it. */
export function placeOf(file: string, text: string, starts: number[], from: number, to: number): Place {
  let end = Math.min(Math.max(from, to), text.length);
  while (end > from && /\s/.test(text.charAt(end - 1))) end--;
  const [line, column] = position(starts, from);
  const [endLine, endColumn] = position(starts, end);
  return { file, line, column, endLine, endColumn };
}

function position(starts: number[], offset: number): [line: number, column: number] {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return [low + 1, offset - (starts[low] ?? 0) + 1];
}
