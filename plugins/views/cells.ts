import { isObject, type JsonValue } from '../base/index.ts';
import type { Origin } from '../render/index.ts';
import type { Place } from '../source/index.ts';
import type { Cell } from './types.ts';
import { saidCell } from './words.ts';

/** A plain cell; a dash where there is nothing to say. */
export function text(value: string | number | null | undefined): Cell {
  return value === null || value === undefined || value === '' ? nothing() : { text: String(value) };
}

export function code(value: string | null | undefined): Cell {
  return value === null || value === undefined || value === '' ? nothing() : { text: value, code: true };
}

/** A cell that leads to a resource; only its text where the repository has no such resource. */
export function reference(label: string | null | undefined, id: string | null | undefined): Cell {
  const cell = text(label);
  return id && cell.tone === undefined ? { ...cell, ref: id } : cell;
}

/** A cell that leads to a line; the text is the file alone, which is what a reader looks for. */
export function fileCell(place: Place | Origin): Cell {
  const { file, line, column, endLine, endColumn } = place;
  return { text: file, code: true, place: { file, line, column, endLine, endColumn } };
}

/** Several cells in one, in the order given; a dash for none. */
export function list(items: Cell[]): Cell {
  const [only] = items;
  if (only === undefined) return nothing();
  return items.length === 1 ? only : { text: items.map((item) => item.text).join(', '), items };
}

export function yes(value: boolean, tones: { yes?: Cell['tone']; no?: Cell['tone'] } = {}): Cell {
  const tone = value ? tones.yes : tones.no;
  return { ...saidCell(value ? 'cell.yes' : 'cell.no'), ...(tone === undefined ? {} : { tone }) };
}

export function nothing(): Cell {
  return { text: '—', tone: 'muted' };
}

/** A value of an expression: lists as lists, objects as JSON. */
export function valueCell(value: JsonValue): Cell {
  if (value === null) return nothing();
  if (Array.isArray(value)) return list(value.map(valueCell));
  if (isObject(value)) return code(JSON.stringify(value));
  if (typeof value === 'boolean') return yes(value);
  return text(value);
}
