import type { Place } from '../../source/index.ts';

/** A place to look at; `words` say what stands there. */
export function placeOf(
  { file, line }: Pick<Place, 'file' | 'line'>,
  side: 'base' | 'head',
  words = '',
): Piece {
  return { file, line, side, words };
}

/** Names, the first of many; `further` are counted and not named. */
export function listed(names: readonly string[], further = 0): Piece[] {
  const more = Math.max(0, names.length - maxNames) + further;
  return [
    ...names.slice(0, maxNames).flatMap((name, index): Piece[] => [index === 0 ? '' : ', ', { code: name }]),
    ...(more > 0 ? [` and ${more} more`] : []),
  ];
}

const maxNames = 12;

/** Words of ours; code and words of the repository, which are shown as they are; a place in a file. */
export type Piece =
  | string
  | { code: string }
  | { said: string }
  | { strong: string }
  | { file: string; line: number; side: 'base' | 'head'; words: string };

/** One thing that is told: a line, and those under it. */
export interface Item {
  title: Piece[];
  lines: Piece[][];
}

export interface Part {
  title: string;
  about: string;
  items: Item[];
  /** Of what the items stand for: several are told as one. */
  count: number;
}
