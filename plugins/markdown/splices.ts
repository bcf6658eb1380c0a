import { below, prefixAt } from './body.ts';
import type { Positions } from './positions.ts';
import type { Spot } from './spot.ts';

/** A text with its splices put in. They may lie inside others' gaps (a fact in a claim), but never across. */
export function spliced(text: string, splices: Splice[]): string {
  const ordered = splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let position = 0;
  for (const splice of ordered) {
    if (splice.start < position) continue;
    result += text.slice(position, splice.start) + splice.text;
    position = splice.end;
  }
  return result + text.slice(position);
}

/** A text in the place of a whole block: its lines after the first get what stands before the first. */
export function inPlaceOf({ start, end }: Spot, text: string, positions: Positions): Splice[] {
  const [first = '', ...rest] = text.split('\n');
  if (rest.length === 0) return [{ start, end, text: first }];
  const others = below(`${rest.join('\n')}\n`, prefixAt(start, positions), positions);
  return [{ start, end, text: first + others }];
}

/** A fence round a text, with as many marks as it needs. */
export function fenced(source: string, info: string): string {
  const longest = Math.max(2, ...[...source.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${source}\n${fence}`;
}

/** What stands behind the marks that open a fence: its language and options, as they are written. */
export function infoOf({ start }: Spot, positions: Positions): string {
  const { line, column } = positions.pointAt(start);
  return positions
    .lineOf(line)
    .text.slice(column - 1)
    .replace(/^[`~]+\s*/, '')
    .trimEnd();
}

/** Another text for what stands between two offsets of a page. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}
