import type { Said } from '../../../base/index.ts';
import type { Place } from '../../../source/index.ts';
import type { Cell } from '../../../views/index.ts';
import { english } from '../../../words/index.ts';
import type { Named } from '../about/named.ts';

/** In words of ours, for another language too. */
export function saidCell(said: Said): Cell {
  return { text: english.said(said), said };
}

/** What leads to the line that says so. */
export function lineCell(text: string, place: Place): Cell {
  return { text, place };
}

export function namedCell({ reference, id }: Named): Cell {
  return { text: reference, code: true, ref: id };
}
