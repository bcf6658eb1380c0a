import type { Diagnostic } from '../../plugins/checks/index.ts';
import type { Place } from '../../plugins/source/index.ts';

/** A page with the replacement of a diagnostic put in its place. */
export function mend(text: string, { fix, page }: Diagnostic): string {
  const place = fix?.place ?? page;
  if (!fix || !place) throw new Error('there is nothing to put in');
  return splice(text, place, fix.replacement);
}

/** A text with what stands at a place replaced. */
export function splice(text: string, place: Place, replacement: string): string {
  const starts = [0, ...[...text.matchAll(/\r\n|\n/g)].map((match) => match.index + match[0].length)];
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;
  const [from, to] = [offset(place.line, place.column), offset(place.endLine, place.endColumn)];
  return text.slice(0, from) + replacement + text.slice(to);
}
