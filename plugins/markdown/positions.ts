import type { Place } from '../source/index.ts';

/**
 * Places in the real file for offsets of the text that was parsed. Astro hands a page over without its front
 * matter: the part that was parsed is looked for in the file, so that lines are those that an editor shows.
 * Of a file that was written over meanwhile nothing is taken, as places in the one are none in the other.
 */
export function createPositions(file: string, parsed: string, onDisk: string = parsed): Positions {
  const found = shiftOf(parsed, onDisk);
  const [real, shift] = found === null ? [parsed, shiftOf(parsed, parsed) ?? 0] : [onDisk, found];
  const starts = [0];
  for (const match of real.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  const pointAt = (offset: number): { line: number; column: number } => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return {
    file,
    text: real,
    toReal: (offset) => offset + shift,
    place(start, end) {
      const [from, to] = [pointAt(start), pointAt(Math.max(start, end))];
      return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    },
    lineOf(line) {
      const start = starts[line - 1] ?? real.length;
      const end = starts[line] ?? real.length;
      return { start, text: real.slice(start, end).replace(/[\r\n]+$/, '') };
    },
    pointAt,
  };
}

/** How much later an offset of the parsed text stands in the file; null where the file is another. */
function shiftOf(parsed: string, real: string): number | null {
  // The parser leaves a byte order mark out of its offsets.
  const mark = parsed.startsWith('\ufeff') ? 1 : 0;
  if (parsed === '') return mark;
  // In MDX the front matter is blank.
  if (parsed.length === real.length) return real.endsWith(parsed.trimStart()) ? mark : null;
  const frontMatter = /^\ufeff?(---|\+\+\+)[^\n]*\n[\s\S]*?\n\1/.exec(real)?.[0].length ?? 0;
  const found = real.indexOf(parsed, frontMatter);
  return found < 0 ? null : found + mark;
}

export interface Positions {
  file: string;
  /** The real file. */
  text: string;
  /**
   * Offset in the real file of an offset in the parsed text. All other functions take offsets in the real
   * file.
   */
  toReal(offset: number): number;
  place(start: number, end: number): Place;
  /** Text of a line (from 1) and the offset where it starts. */
  lineOf(line: number): { start: number; text: string };
  pointAt(offset: number): { line: number; column: number };
}
