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
export function excerptDifference(body: string[], passage: string[], yaml: boolean): Difference | null {
  if (body.some(isElision)) return elidedDifference(body, passage, yaml);
  if (body.length === passage.length && body.every((line, index) => line === passage[index])) return null;
  const [one, other] = [body.join('\n'), passage.join('\n')];
  const difference = yaml ? yamlDifference(one, other) : 'unreadable';
  if (difference === null) return null;
  if (difference === 'unreadable') return firstLine(body, passage);
  return { body: lineAt(one, difference.one), passage: lineAt(other, difference.other) };
}

/** A line that stands for left-out ones. */
function isElision(line: string): boolean {
  return /^\s*(?:#|\/\/|--|;)?\s*(?:…|\.\.\.)\s*$/.test(line);
}

/**
 * The passage with what an author left out still left out: each run of kept lines becomes the lines of the
 * file from the one like its first to the one like its last. Where they cannot be found, the whole passage.
 */
export function mendedExcerpt(body: string[], passage: string[], yaml: boolean): string[] {
  const mended: string[] = [];
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
      else mended.push(...passage.slice(position));
      break;
    }
    const found = passage.findIndex((one, index) => index >= position && isLike(one, line));
    if (found < 0) {
      // What follows a kept line stays what follows it; what stood behind left-out lines is gone.
      if (elision === null && position < passage.length) mended.push(passage[position++] ?? '');
      continue;
    }
    if (elision !== null && found > position) mended.push(elision, passage[found] ?? '');
    else mended.push(...passage.slice(position, found + 1));
    elision = null;
    position = found + 1;
  }
  return excerptDifference(mended, passage, yaml) === null ? mended : passage;
}

/** The same line, or the same key with another value. */
function isLike(one: string, other: string): boolean {
  const head = /^\s*(?:- )?[^\s:#]+:(?=\s|$)/;
  const [a, b] = [head.exec(one)?.[0], head.exec(other)?.[0]];
  return one === other || (a !== undefined && a === b);
}

/**
 * Every place in the passage that the lines so far can end at, line by line: several `# …` have several ways
 * to be read.
 */
function elidedDifference(body: string[], passage: string[], yaml: boolean): Difference | null {
  const file = passage.map((line, index) => ({ line, index })).filter(({ line }) => line !== '');
  let reached = [0];
  let skipping = false;
  for (const [at, line] of body.entries()) {
    if (line === '') continue;
    const next = isElision(line) ? beyond(line, file, reached, yaml) : after(line, file, reached);
    if (next.length === 0) {
      const candidates = skipping ? reached : reached.slice(0, 1);
      const near = candidates.find((one) => isLike(file[one]?.line ?? '', line)) ?? candidates[0] ?? 0;
      return { body: at, passage: file[near]?.index ?? null };
    }
    skipping = isElision(line);
    reached = next;
  }
  if (reached.includes(file.length)) return null;
  return { body: null, passage: file[reached[0] ?? 0]?.index ?? null };
}

function after(line: string, file: Numbered[], reached: number[]): number[] {
  return reached.filter((at) => file[at]?.line === line).map((at) => at + 1);
}

function beyond(elision: string, file: Numbered[], reached: number[], yaml: boolean): number[] {
  const depth = indentOf(elision);
  const starts = new Set(reached);
  const ends: number[] = [];
  let skipping = false;
  for (const [at, { line }] of file.entries()) {
    const indent = indentOf(line);
    // What comes next is a sibling of what was left out or of what holds it, never its inside.
    if (skipping && (!yaml || indent <= depth)) ends.push(at);
    if (yaml && indent < depth) skipping = false;
    if (starts.has(at) && (!yaml || indent === depth)) skipping = true;
  }
  return skipping ? [...ends, file.length] : ends;
}

function firstLine(body: string[], passage: string[]): Difference {
  const length = Math.max(body.length, passage.length);
  let index = 0;
  while (index < length && body[index] === passage[index]) index += 1;
  return { body: index < body.length ? index : null, passage: index < passage.length ? index : null };
}

function lineAt(text: string, offset: number | null): number | null {
  return offset === null ? null : text.slice(0, offset).split('\n').length - 1;
}

interface Numbered {
  line: string;
  index: number;
}

/** Lines, from 0, that differ; null where a side ends before. */
export interface Difference {
  body: number | null;
  passage: number | null;
}
