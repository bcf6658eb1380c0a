import type { Place } from '../source/index.ts';
import type { Positions } from './positions.ts';

/**
 * The place in the page of a zero-based line and column range of a block's text. Lists and quotes put
 * something before each line: what is left of the real line is the block's own.
 * @param first line of the page, from 1, on which the text begins.
 */
export function placesIn(text: string, first: number, positions: Positions): (range: LineRange) => Place {
  const lines = text.split('\n');
  const offset = (line: number, within: number): number => {
    const real = positions.lineOf(first + line);
    const written = lines[line] ?? '';
    const before = real.text.endsWith(written) ? real.text.length - written.length : 0;
    return real.start + Math.min(before + within, real.text.length);
  };
  return (range) => {
    const from = offset(range.line, range.column);
    const to = offset(range.endLine, range.endColumn);
    return positions.place(from, Math.max(to, from + 1));
  };
}

/**
 * What the lines after the one at `start` have before them: quote marks stay, list marks become blanks, a
 * footnote's become four.
 */
export function prefixAt(start: number, positions: Positions): string {
  const { line, column } = positions.pointAt(start);
  return positions
    .lineOf(line)
    .text.slice(0, column - 1)
    .replace(/\[\^[^\]]+\]:[ \t]*/, '    ')
    .replaceAll(/[^>\s]/g, ' ');
}

/**
 * Each line of a text on a line of its own below the one where it is put, behind `prefix`; nothing for an
 * empty text.
 */
export function below(text: string, prefix: string, positions: Positions): string {
  if (text === '') return '';
  const ending = endingOf(positions);
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.map((line) => ending + (line === '' ? prefix.trimEnd() : prefix + line)).join('');
}

/** How the lines of a page end. */
export function endingOf(positions: Positions): string {
  return positions.text.includes('\r\n') ? '\r\n' : '\n';
}

interface LineRange {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}
