/** Whether the build of a folder says the same where it is one of several that an engine builds at once. */
import { readFileSync } from 'node:fs';
import { oncePer } from '../../base/index.ts';
import type { SourceFile } from '../../source/index.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { Closure } from '../analysis/closure.ts';
import type { Repository } from '../repository-files.ts';
import { charts } from './attempt.ts';
import { type Foreseen, isPlainPath } from './foresee.ts';

/**
 * What tells folders apart whose objects have nothing to do with each other. Null for one that is built
 * alone: where it asks for what is done at the top of a build alone, where a name of an object has to be
 * quoted or a Namespace changes its own, and where there is so much of it that a start is a small part.
 * kustomize looks over all objects of a build for those that others refer to, by their names as they were
 * written. So what shares a build is told of each other by nothing, as long as no name of the one stands
 * anywhere in the other: there is nothing to choose from, and no two objects are the same. Source:
 * `FixBackReferences` of kustomize's `api/internal/accumulator`, `selectReferral` of `api/filters/nameref`.
 */
export function memberOf(
  directory: string,
  closure: Closure,
  foreseen: readonly Foreseen[] | null,
  { pathOf }: Pick<Repository, 'pathOf'>,
): Member | null {
  if (foreseen === null || foreseen.length > largest) return null;
  if (!isPlainPath(directory) || charts(closure) || closure.analyses.some(asksAtTheTop)) return null;
  const names = new Set<string>();
  for (const one of foreseen) {
    // It is found by another name then than by that which is looked for here.
    if (one.kind === 'Namespace' && one.names.size > 1) return null;
    for (const name of one.names) names.add(name);
  }
  if (![...names].every((name) => plainName.test(name))) return null;
  return {
    directory,
    names,
    words: [names, ...closure.files.map((file) => wordsIn(file, pathOf))],
    objects: foreseen.length,
  };
}

/** Whether no name of the one stands in the other. */
export function areStrangers(one: Member, other: Member): boolean {
  return !isMentioned(one, other) && !isMentioned(other, one);
}

/**
 * What an engine wrote of all of them, in pieces of each; null where a piece is of none. Its order is that of
 * their kinds and names, so that what is left of it is in the order that each has alone.
 */
export function apart(text: string, members: readonly Member[]): Map<string, string> | null {
  const pieces = new Map<string, string[]>(members.map(({ directory }) => [directory, []]));
  const owners = new Map(members.flatMap((one) => [...one.names].map((name) => [name, one])));
  for (const piece of text === '' ? [] : text.split(/^---\n/m)) {
    const name = nameLine.exec(piece)?.[1] ?? '';
    const owner = owners.get(name) ?? owners.get(name.replace(hash, ''));
    const own = owner === undefined ? undefined : pieces.get(owner.directory);
    if (own === undefined) return null;
    own.push(piece);
  }
  return new Map([...pieces].map(([directory, own]) => [directory, own.join('---\n')]));
}

function asksAtTheTop({ value }: Analysis): boolean {
  return value.sortOptions !== undefined || value.configurations !== undefined;
}

function isMentioned({ names }: Member, { words }: Member): boolean {
  for (const name of names) if (words.some((known) => known.has(name))) return true;
  return false;
}

/** A file of a generator of Secrets is not shown, and refers to nothing; of another nothing may be hidden. */
function wordsIn(file: SourceFile, pathOf: Repository['pathOf']): ReadonlySet<string> {
  return file.text.includes('\u2022') ? wordsOf(readFileSync(pathOf(file.path), 'utf8')) : shownWords(file);
}

const shownWords = oncePer(({ text }: SourceFile) => wordsOf(text));

/** All that may be a name, however it is written; also what a name with a digest behind it was before. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>(text.match(word));
  if (text.includes('\\')) for (const one of unescaped(text).match(word) ?? []) words.add(one);
  for (const one of words) if (hash.test(one)) words.add(one.replace(hash, ''));
  return words;
}

/** As a text between double quotes says it, with a space for what is in no name. */
function unescaped(text: string): string {
  return text.replaceAll(escaped, (whole, ...codes) => {
    const code = codes.slice(0, 3).find((one) => one !== undefined);
    if (code === undefined) return /^\\\r?\n/.test(whole) ? '' : ' ';
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
  });
}

const escaped = /\\(?:\r?\n[ \t]*|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|.)/g;
/** Objects; kustomize compares each with every other. */
const largest = 60;
const plainName = /^[A-Za-z][\w.:-]*$/;
const word = /[\w.:-]+/g;
const hash = /-[a-z0-9]{10}$/;
/** Of the metadata that begins its line, where no text of the object's own can stand: that is indented. */
const nameLine = /^metadata:\n(?: {2}.*\n|\n)*? {2}name: (\S+)$/m;

export interface Member {
  directory: string;
  names: ReadonlySet<string>;
  /** Its names, and what is said in each of its files. */
  words: ReadonlySet<string>[];
  objects: number;
}
