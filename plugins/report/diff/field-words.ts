import type { JsonValue } from '../../base/index.ts';
import type { FieldChange } from '../../engine/index.ts';
import type { Place } from '../../source/index.ts';
import { type Piece, placeOf } from './pieces.ts';

/** `spec.replicas: 2 → 3 (K8s/shop/web.yaml:12)`; of a text with lines those that differ. */
export function fieldLine({ before, after }: FieldChange): Piece[] {
  const path: Piece = { code: (after ?? before)?.path ?? '' };
  const places: Piece[] = placesOf(before?.place, after?.place);
  if (before === null) return ['+ ', path, ': ', { code: short(after?.value ?? null) }, ...places];
  if (after === null) return ['− ', path, ': ', { code: short(before.value) }, ...places];
  const lines =
    isLines(before.value) || isLines(after.value) ? differingLines(before.value, after.value) : null;
  if (lines !== null)
    return [
      path,
      `: line ${lines.from}: `,
      { code: short(lines.before) },
      ' → ',
      { code: short(lines.after) },
      ...(lines.more > 0 ? [` and ${lines.more} more ${lines.more === 1 ? 'line' : 'lines'}`] : []),
      ...places,
    ];
  const [was, is] = window(written(before.value), written(after.value));
  return [path, ': ', { code: was }, ' → ', { code: is }, ...places];
}

/** The line to look at; the base's too, where it stands in another file. */
function placesOf(before: Place | undefined, after: Place | undefined): Piece[] {
  if (after === undefined) return before === undefined ? [] : [' (', placeOf(before, 'base'), ')'];
  if (before === undefined || before.file === after.file) return [' (', placeOf(after, 'head'), ')'];
  return [' (', placeOf(before, 'base'), ' → ', placeOf(after, 'head'), ')'];
}

function isLines(value: JsonValue): value is string {
  return typeof value === 'string' && value.includes('\n');
}

/** The first line that differs, and how many more do between it and the last. */
function differingLines(before: JsonValue, after: JsonValue) {
  if (typeof before !== 'string' || typeof after !== 'string') return null;
  const [was, is] = [before.split('\n'), after.split('\n')];
  let from = 0;
  while (from < was.length && from < is.length && was[from] === is[from]) from += 1;
  let end = 0;
  while (end < Math.min(was.length, is.length) - from && was.at(-1 - end) === is.at(-1 - end)) end += 1;
  const more = Math.max(was.length, is.length) - from - end - 1;
  const line = (lines: string[]) => (from < lines.length - end ? (lines[from]?.trim() ?? '') : '');
  return { from: from + 1, before: line(was), after: line(is), more: Math.max(0, more) };
}

function written(value: JsonValue): string {
  return typeof value === 'string' ? (value === '' ? '""' : value) : JSON.stringify(value);
}

function short(value: JsonValue): string {
  const text = written(value);
  return text.length > maxLength ? `${text.slice(0, maxLength).toWellFormed()}…` : text;
}

/** Two long texts from shortly before where they part. */
function window(before: string, after: string): [string, string] {
  if (before.length <= maxLength && after.length <= maxLength) return [before, after];
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const from = Math.max(0, same - 20);
  const cut = (text: string) => `${from > 0 ? '…' : ''}${short(text.slice(from))}`.toWellFormed();
  return [cut(before), cut(after)];
}

const maxLength = 120;
