import { byName, type GlobPart } from '../../../../base/index.ts';

/**
 * A pattern of files in one of three languages:
 * `flat`, pathspecs of Git, whose wildcards match `/`; `wildmatch`, the same with `:(glob)`, where they stop
 * at `/` and `**` as a whole name is any depth; `doublestar`, bmatcuk/doublestar v4, which has `{a,b}`
 * besides. Null where the pattern is malformed.
 */
export function parseGlob(pattern: string, language: GlobLanguage): GlobPart[] | null {
  const text = Array.from(pattern);
  const state: Reading = { text, position: 0, isBroken: false, language };
  const parts = sequence(state, 0);
  return state.isBroken ? null : parts;
}

/** Parts up to the end, or, within `{a,b}`, up to the next comma or brace. */
function sequence(state: Reading, depth: number): GlobPart[] {
  const parts: GlobPart[] = [];
  while (state.position < state.text.length && !state.isBroken) {
    if (depth > 0 && endsBranch(state.text[state.position])) break;
    parts.push((state.language === 'flat' ? null : anyDepth(state, depth)) ?? part(state, depth));
  }
  return parts;
}

function part(state: Reading, depth: number): GlobPart {
  const { text, language } = state;
  const except = language === 'flat' ? [] : ['/'];
  const char = text[state.position] ?? '';
  state.position += 1;
  if (char === '*') {
    while (text[state.position] === '*') state.position += 1;
    return { type: 'run', except };
  }
  if (char === '?') return { type: 'one', except };
  if (char === '[') return { type: 'class', ...characterClass(state), except };
  if (char === '{' && language === 'doublestar') return { type: 'either', branches: branches(state, depth) };
  if (char !== '\\') return { type: 'char', char };
  const escaped = text[state.position];
  state.isBroken ||= escaped === undefined;
  state.position += 1;
  return { type: 'char', char: escaped ?? '' };
}

/**
 * `**` as a whole name. Before a `/` it is any number of names, also none; at the end it is everything, and
 * in `doublestar` also nothing (`a/**` takes `a`).
 */
function anyDepth(state: Reading, depth: number): GlobPart | null {
  const { text, position, language } = state;
  const [first, second, third, fourth] = text.slice(position, position + 4);
  const isEnd = (char: string | undefined) => char === undefined || (depth > 0 && endsBranch(char));
  const beginsName = position === 0 || text[position - 1] === '/';
  if (beginsName && first === '*' && second === '*' && third === '/') {
    state.position += 3;
    return { type: 'either', branches: [[], [anything, slash]] };
  }
  if (beginsName && first === '*' && second === '*' && isEnd(third)) {
    state.position += 2;
    return anything;
  }
  if (language === 'doublestar' && first === '/' && second === '*' && third === '*' && isEnd(fourth)) {
    state.position += 3;
    return { type: 'either', branches: [[], [slash, anything]] };
  }
  return null;
}

/** What stands in `{a,b}`, its opening brace read. */
function branches(state: Reading, depth: number): GlobPart[][] {
  if (depth > deepest) state.isBroken = true;
  const found: GlobPart[][] = [];
  do found.push(sequence(state, depth + 1));
  while (!state.isBroken && state.text[state.position++] === ',');
  if (state.text[state.position - 1] !== '}') state.isBroken = true;
  return found;
}

/** What stands in `[a-z]`, its opening bracket read. A closing bracket that comes first is a member. */
function characterClass(state: Reading): { not: boolean; ranges: [string, string][] } {
  const { text } = state;
  const not = text[state.position] === '!' || text[state.position] === '^';
  if (not) state.position += 1;
  const ranges: [string, string][] = [];
  for (let isFirst = true; isFirst || text[state.position] !== ']'; isFirst = false) {
    if (state.position >= text.length) {
      state.isBroken = true;
      break;
    }
    ranges.push(...(posixClass(state) ?? [memberRange(state)]));
  }
  state.position += 1;
  return { not, ranges };
}

/** `[:alpha:]`, which doublestar does not know; nothing of a name that there is not. */
function posixClass(state: Reading): [string, string][] | null {
  const { text, position, language } = state;
  const named = /^\[:(\w+):\]/.exec(text.slice(position, position + longestClass).join(''));
  if (named === null || language === 'doublestar') return null;
  state.position += named[0].length;
  return posixClasses[named[1] ?? ''] ?? [];
}

function memberRange(state: Reading): [string, string] {
  const { text } = state;
  const low = member(state);
  const isRange = text[state.position] === '-' && text[state.position + 1] !== ']';
  if (!isRange || state.position + 1 >= text.length) return [low, low];
  state.position += 1;
  return [low, member(state)];
}

function member(state: Reading): string {
  if (state.text[state.position] === '\\') state.position += 1;
  return state.text[state.position++] ?? '';
}

function endsBranch(char: string | undefined): boolean {
  return char === ',' || char === '}';
}

const posixClasses: Record<string, [string, string][]> = byName({
  alnum: [
    ['0', '9'],
    ['A', 'Z'],
    ['a', 'z'],
  ],
  alpha: [
    ['A', 'Z'],
    ['a', 'z'],
  ],
  digit: [['0', '9']],
  lower: [['a', 'z']],
  upper: [['A', 'Z']],
  space: [
    ['\t', '\r'],
    [' ', ' '],
  ],
  xdigit: [
    ['0', '9'],
    ['A', 'F'],
    ['a', 'f'],
  ],
});

const anything: GlobPart = { type: 'run', except: [] };
const slash: GlobPart = { type: 'char', char: '/' };
/** Braces within braces. */
const deepest = 50;
/** Characters of `[:xdigit:]` and the like, with some to spare. */
const longestClass = 12;

type GlobLanguage = 'flat' | 'wildmatch' | 'doublestar';

interface Reading {
  text: readonly string[];
  position: number;
  /** The pattern is malformed. */
  isBroken: boolean;
  language: GlobLanguage;
}
