import { counted } from '../base/index.ts';
import type { Place } from '../source/index.ts';

/**
 * The lines of a place with the line number before each and marks under the part that is meant. Of a long
 * place the first lines are shown; a long line is cut to a window round the mark. Tabs count as one column
 * and are shown as one blank, so that marks stand under what they mean.
 */
export function frame(place: Place, text: string, options: FrameOptions): FrameLine[] {
  const { mark, label = '', width = 100 } = options;
  const lines = text.split(/\r\n|\n|\r/);
  if (place.line < 1 || place.line > lines.length) return [];
  const last = Math.min(Math.max(place.endLine, place.line), lines.length);
  const shown = Math.min(last, place.line + maximumLines - 1);
  const gutter = String(shown).length;
  const result: FrameLine[] = [];
  for (let number = place.line; number <= shown; number += 1) {
    const line = lines[number - 1] ?? '';
    // A file that was written over meanwhile may have shorter lines.
    const start =
      number === place.line ? Math.min(place.column - 1, line.length) : line.length - line.trimStart().length;
    const end = number === last ? Math.max(place.endColumn - 1, start + 1) : line.length;
    const view = clip(line, start, Math.min(end, Math.max(line.length, start + 1)), width);
    result.push({ number: String(number).padStart(gutter), text: view.text });
    if (number === place.line) {
      const note = label === '' ? '' : ` ${label}`;
      result.push({
        number: ' '.repeat(gutter),
        text: ' '.repeat(view.start) + mark.repeat(view.end - view.start) + note,
        marks: true,
      });
    }
  }
  const hidden = last - shown;
  if (hidden > 0) result.push({ number: ' '.repeat(gutter), text: `… ${counted(hidden, 'more line')}` });
  return result;
}

/** The same as text: `7 │   replicas: 3`, with its mark below. Empty where there is no such line. */
export function codeFrame(place: Place, text: string): string {
  return frame(place, text, { mark: '^' })
    .map(({ number, text: line }) => `${number} │ ${line}`.trimEnd())
    .join('\n');
}

function clip(
  line: string,
  start: number,
  end: number,
  width: number,
): { text: string; start: number; end: number } {
  const clean = visible(line);
  if (clean.length <= width)
    return { text: clean, start: Math.min(start, clean.length), end: Math.max(end, start + 1) };
  const from = start < width - 20 ? 0 : Math.max(0, start - 20);
  const to = Math.min(clean.length, from + width);
  const before = from > 0 ? '…' : '';
  const after = to < clean.length ? '…' : '';
  const shift = before.length - from;
  return {
    text: `${before}${clean.slice(from, to)}${after}`,
    start: start + shift,
    end: Math.max(Math.min(end, to) + shift, start + shift + 1),
  };
}

/**
 * Control characters would move the cursor or colour the terminal: each is shown as one harmless character.
 */
export function visible(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\u00b7');
}

const maximumLines = 4;

export interface FrameLine {
  number: string;
  text: string;
  marks?: true;
}

interface FrameOptions {
  mark: '^' | '-';
  /** Words after the marks. */
  label?: string;
  width?: number;
}
