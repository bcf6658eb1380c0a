import { posix } from 'node:path';
import { readOutline, type TextBoard, type TextOutline } from './text-outline.ts';
import type { D2Input } from './types.ts';

/**
 * How much work D2 has with a diagram, told from its text alone and before an engine is asked: the same on
 * every machine. Counted is what it draws once imports, variables and globs are put in and each board has
 * what it is drawn over. A step is about a microsecond of an ordinary core; Infinity for what has no end.
 */
export function drawingSteps({ source, files }: Pick<D2Input, 'source' | 'files'>): number {
  const outlines = new Map<string, TextOutline>();
  const outlineOf = (name: string | null): TextOutline | undefined => {
    const key = name ?? '';
    const text = name === null ? source : files[name];
    if (text === undefined) return undefined;
    const outline = outlines.get(key) ?? readOutline(text);
    outlines.set(key, outline);
    return outline;
  };
  const sizes = new Map<string, Size>();
  const sizeOf = (name: string | null): Size => {
    const key = name ?? '';
    const known = sizes.get(key);
    const outline = outlineOf(name);
    if (known !== undefined || outline === undefined) return known ?? nothing;
    // A file that imports itself is D2's to refuse.
    sizes.set(key, nothing);
    const total = { ...withVariables(outline) };
    for (const path of outline.imports)
      add(total, sizeOf(`${posix.join(name === null ? '.' : posix.dirname(name), path)}.d2`));
    sizes.set(key, total);
    return total;
  };
  const { elements, characters, depth } = sizeOf(null);
  return (
    perDrawing +
    elements * perElement +
    elements ** 2 * perPair +
    characters * perCharacter +
    depth ** 3 * perDepth
  );
}

/** What a text draws with what its variables stand for. */
function withVariables({ board, depth, characters, uses, variables }: TextOutline): Size {
  const known = new Map<string, Size>();
  const sizeOf = (name: string): Size => {
    const found = known.get(name);
    const variable = variables.get(name);
    if (found !== undefined || variable === undefined) return found ?? nothing;
    known.set(name, nothing);
    const size = { elements: variable.elements, characters: variable.characters, depth: variable.depth };
    for (const used of variable.uses) add(size, sizeOf(used));
    known.set(name, size);
    return size;
  };
  const total: Size = { elements: elementsOf(board, 0), characters, depth };
  for (const name of uses) add(total, sizeOf(name));
  // Each is resolved whether it is used or not.
  for (const name of variables.keys()) total.characters += sizeOf(name).characters;
  return total;
}

/** What is drawn on a board and in it. A scenario is drawn over its board, a step over the one before. */
function elementsOf({ own, globs, boards }: TextBoard, inherited: number): number {
  const here = inherited + own;
  // A glob draws between all pairs, or changes each.
  const drawn = here + globs.reduce((sum, stars) => sum + (stars > 1 ? here ** 2 : here / 10), 0);
  let total = drawn;
  let before = drawn;
  for (const { kind, board } of boards) {
    total += elementsOf(board, kind === 'layers' ? 0 : kind === 'steps' ? before : drawn);
    if (kind === 'steps') before += board.own;
  }
  return total;
}

function add(total: Size, more: Size): void {
  total.elements += more.elements;
  total.characters += more.characters;
  total.depth += more.depth;
}

const nothing: Size = { elements: 0, characters: 0, depth: 0 };

/** In steps; measured with D2 0.7. To begin with one takes some sixty milliseconds, whatever it draws. */
const perDrawing = 60_000;
/** A shape or an edge takes two to six milliseconds. */
const perElement = 4000;
const perCharacter = 5;
/** What is laid out is held to everything else. */
const perPair = 2;
/** One container in another. */
const perDepth = 20;

interface Size {
  /** Shapes and edges. */
  elements: number;
  characters: number;
  depth: number;
}
