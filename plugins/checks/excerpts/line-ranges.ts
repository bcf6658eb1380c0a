import { indentOf } from './passage.ts';
import { yamlDifference } from './same-yaml.ts';

/**
 * Where an excerpt begins to say something else than its passage; null where it is true. Both are lines
 * without their common indentation.
 *
 * - Without left-out lines: the same lines, or, in YAML, the same structure, values and comments
 *   (`yamlDifference`).
 * - A line `# …` (also `…`, `...`, `// …`) stands for one or more lines left out; blank lines then do not
 *   count, all others are the file's, in its order. In YAML it stands for whole siblings: what is left out
 *   begins at its own indentation and never goes below it.
 */
export function excerptDifference(
  body: readonly string[],
  passage: readonly string[],
  yaml: boolean,
): Difference | null {
  if (body.some(isElision)) return elidedDifference(body, passage, yaml);
  if (isSame(body, passage)) return null;
  const [one, other] = [body.join('\n'), passage.join('\n')];
  const difference = yaml ? yamlDifference(one, other) : 'unreadable';
  if (difference === null) return null;
  if (difference === 'unreadable') return firstLine(body, passage);
  return { body: lineAt(one, difference.one), passage: lineAt(other, difference.other) };
}

/** The work of that, and of mending it, in steps as `openPageWork` counts them. */
export function comparisonSteps(body: string[], passage: readonly string[], yaml: boolean): number {
  const lines = body.length + passage.length;
  const elisions = body.filter(isElision).length;
  if (elisions > 0) return lines + 2 * elisions * passage.length * perPlace;
  if (!yaml || isSame(body, passage)) return lines;
  return lines + (lengthOf(body) + lengthOf(passage)) * perCharacter;
}

export function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function isSame(body: readonly string[], passage: readonly string[]): boolean {
  return body.length === passage.length && body.every((line, index) => line === passage[index]);
}

/** A line that stands for left-out ones. */
function isElision(line: string): boolean {
  return /^\s*(?:#|\/\/|--|;)?\s*(?:…|\.\.\.)\s*$/.test(line);
}

/**
 * The passage with what an author left out still left out: each run of kept lines becomes the lines of the
 * file from the one like its first to the one like its last. Where they cannot be found, the whole passage.
 */
export function mendedExcerpt(body: string[], passage: readonly string[], yaml: boolean): readonly string[] {
  const mended: string[] = [];
  const likeFrom = openLikeness(passage);
  let position = 0;
  let elision: string | null = null;
  for (const line of [...body, null]) {
    if (line === '') continue;
    if (line !== null && isElision(line)) {
      elision = line;
      continue;
    }
    if (line === null) {
      if (elision !== null && position < passage.length) mended.push(elision);
      else for (const rest of passage.slice(position)) mended.push(rest);
      break;
    }
    const found = likeFrom(line, position);
    if (found === null) {
      // What follows a kept line stays what follows it; what stood behind left-out lines is gone.
      if (elision === null && position < passage.length) mended.push(passage[position++] ?? '');
      continue;
    }
    if (elision !== null && found > position) mended.push(elision, passage[found] ?? '');
    else for (const kept of passage.slice(position, found + 1)) mended.push(kept);
    elision = null;
    position = found + 1;
  }
  return excerptDifference(mended, passage, yaml) === null ? mended : passage;
}

/** The first line of a passage, from one on, that is as another line is or has its key; null for none. */
function openLikeness(passage: readonly string[]): (line: string, from: number) => number | null {
  const byText = new Map<string, number[]>();
  for (const [at, line] of passage.entries())
    for (const key of likenessOf(line)) {
      const known = byText.get(key);
      if (known) known.push(at);
      else byText.set(key, [at]);
    }
  // Nobody asks for what lies before what was asked for, so that what is passed is passed for good.
  const passed = new Map<string, number>();
  return (line, from) => {
    let first: number | null = null;
    for (const key of likenessOf(line)) {
      const places = byText.get(key) ?? [];
      let next = passed.get(key) ?? 0;
      while ((places[next] ?? from) < from) next += 1;
      passed.set(key, next);
      const place = places[next];
      if (place !== undefined && (first === null || place < first)) first = place;
    }
    return first;
  };
}

/** What two lines that are alike have in common: all of it, or their key. */
function likenessOf(line: string): string[] {
  const head = /^\s*(?:- )?[^\s:#]+:(?=\s|$)/.exec(line)?.[0];
  return head === undefined ? [`=${line}`] : [`=${line}`, head];
}

/** The same line, or the same key with another value. */
function isLike(one: string, other: string): boolean {
  return likenessOf(one).some((key) => likenessOf(other).includes(key));
}

/**
 * Every place in the passage that the lines so far can end at, line by line: several `# …` have several ways
 * to be read. For each line of the body there may be as many as the passage has, so no objects are made.
 */
function elidedDifference(
  body: readonly string[],
  passage: readonly string[],
  yaml: boolean,
): Difference | null {
  const file = numbered(passage);
  let [reached, spare] = [new Int32Array(file.lines.length + 1), new Int32Array(file.lines.length + 1)];
  let count = 1;
  let skipping = false;
  for (const [at, line] of body.entries()) {
    if (line === '') continue;
    const places = reached.subarray(0, count);
    const next = isElision(line)
      ? beyond(indentOf(line), file, { places, next: spare, yaml })
      : after(file.numbers.get(line), file, { places, next: spare });
    if (next === 0) {
      const candidates = skipping ? places : places.slice(0, 1);
      const near = candidates.find((one) => isLike(file.lines[one] ?? '', line)) ?? candidates[0] ?? 0;
      return { body: at, passage: file.indexes[near] ?? null };
    }
    skipping = isElision(line);
    [reached, spare, count] = [spare, reached, next];
  }
  if (reached[count - 1] === file.lines.length) return null;
  return { body: null, passage: file.indexes[reached[0] ?? 0] ?? null };
}

/** Behind each place at which the passage has a line, known by its number. Gives how many there are. */
function after(
  line: number | undefined,
  { numberAt }: Numbered,
  { places, next }: Omit<Step, 'yaml'>,
): number {
  let count = 0;
  if (line === undefined) return 0;
  for (const at of places) if (numberAt[at] === line) next[count++] = at + 1;
  return count;
}

/** Where lines left out can end that begin at one of the places; in order, as those are. */
function beyond(depth: number, { indents }: Numbered, { places, next, yaml }: Step): number {
  let count = 0;
  let skipping = false;
  let start = 0;
  for (let at = places[0] ?? 0; at < indents.length; at += 1) {
    const indent = indents[at] ?? 0;
    // What comes next is a sibling of what was left out or of what holds it, never its inside.
    if (skipping && (!yaml || indent <= depth)) next[count++] = at;
    if (yaml && indent < depth) skipping = false;
    if (places[start] !== at) continue;
    start += 1;
    if (!yaml || indent === depth) skipping = true;
  }
  if (skipping) next[count++] = indents.length;
  return count;
}

/** A passage without its blank lines; equal ones have one number. */
function numbered(passage: readonly string[]): Numbered {
  const indexes = passage.flatMap((line, index) => (line === '' ? [] : [index]));
  const lines = indexes.map((index) => passage[index] ?? '');
  const numbers = new Map<string, number>();
  for (const line of lines) if (!numbers.has(line)) numbers.set(line, numbers.size);
  const numberAt = Int32Array.from(lines, (line) => numbers.get(line) ?? -1);
  return { lines, indexes, numbers, numberAt, indents: Int32Array.from(lines, indentOf) };
}

function firstLine(body: readonly string[], passage: readonly string[]): Difference {
  const length = Math.max(body.length, passage.length);
  let index = 0;
  while (index < length && body[index] === passage[index]) index += 1;
  return { body: index < body.length ? index : null, passage: index < passage.length ? index : null };
}

function lineAt(text: string, offset: number | null): number | null {
  return offset === null ? null : text.slice(0, offset).split('\n').length - 1;
}

/** In steps, each measured: one line held to one of the passage, and a character that is read as YAML. */
const perPlace = 0.01;
const perCharacter = 3;

interface Numbered {
  lines: string[];
  /** Of each the place in the passage. */
  indexes: number[];
  numbers: Map<string, number>;
  numberAt: Int32Array;
  indents: Int32Array;
}

interface Step {
  /** Where the lines so far can end. */
  places: Int32Array;
  /** Takes where they can end with one more. */
  next: Int32Array;
  yaml: boolean;
}

/** Lines, from 0, that differ; null where a side ends before. */
export interface Difference {
  body: number | null;
  passage: number | null;
}
