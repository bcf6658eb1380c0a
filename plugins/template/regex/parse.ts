/** RE2's syntax → a pattern. Back references and look-around are refused, as RE2 does. */
import { classOf, posixClass, type Test } from './classes.ts';

/** @throws Error in the words of Go's regexp/syntax. */
export function parsePattern(source: string): {
  pattern: Pattern;
  groups: number;
  names: Map<string, number>;
} {
  const parser: Parser = {
    source,
    offset: 0,
    depth: 0,
    groups: 0,
    names: new Map(),
    flags: { i: false, m: false, s: false, U: false },
  };
  const pattern = choice(parser);
  if (parser.offset < source.length) throw bad('unexpected )', source);
  return { pattern, groups: parser.groups, names: parser.names };
}

function choice(parser: Parser): Pattern {
  const flags = { ...parser.flags };
  const options = [sequence(parser)];
  while (parser.source[parser.offset] === '|') {
    parser.offset += 1;
    options.push(sequence(parser));
  }
  parser.flags = flags;
  return { type: 'choice', options };
}

function sequence(parser: Parser): Pattern {
  const parts: Pattern[] = [];
  while (parser.offset < parser.source.length) {
    const character = parser.source[parser.offset];
    if (character === '|' || character === ')') break;
    const part = atom(parser);
    if (part !== null) parts.push(repeated(parser, part));
  }
  return { type: 'sequence', parts };
}

function repeated(parser: Parser, part: Pattern): Pattern {
  const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/.exec(parser.source.slice(parser.offset, parser.offset + 16));
  if (found === null) return part;
  parser.offset += found[0].length;
  let [min, max]: [number, number | null] = [found[0] === '+' ? 1 : 0, found[0] === '?' ? 1 : null];
  if (found[1] !== undefined) {
    min = Number(found[1]);
    max = found[2] === undefined ? min : found[3] ? Number(found[3]) : null;
    if (min > 1000 || (max !== null && (max > 1000 || max < min)))
      throw bad('invalid repeat count', found[0]);
  }
  const lazy = parser.source[parser.offset] === '?';
  if (lazy) parser.offset += 1;
  const again = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(parser.source.slice(parser.offset, parser.offset + 16));
  if (again !== null) throw bad('invalid nested repetition operator', found[0] + again[0]);
  return { type: 'repeat', part, min, max, greedy: lazy === parser.flags.U };
}

function atom(parser: Parser): Pattern | null {
  const code = parser.source.codePointAt(parser.offset) ?? 0;
  const character = String.fromCodePoint(code);
  parser.offset += character.length;
  const { flags } = parser;
  switch (character) {
    case '.':
      return { type: 'char', test: flags.s ? () => true : (other) => other !== 10 };
    case '^':
      return { type: 'assert', at: flags.m ? 'line-start' : 'start' };
    case '$':
      return { type: 'assert', at: flags.m ? 'line-end' : 'end' };
    case '(':
      return group(parser);
    case '[':
      return { type: 'char', test: set(parser) };
    case '\\':
      return escapeSequence(parser);
    case '*':
    case '+':
    case '?':
      throw bad('missing argument to repetition operator', character);
    default:
      return { type: 'char', test: range(code, code, flags.i) };
  }
}

function group(parser: Parser): Pattern | null {
  const start = parser.offset - 1;
  const rest = parser.source.slice(parser.offset);
  let number: number | null = null;
  const outer = { ...parser.flags };
  if (rest.startsWith('?')) {
    const named = /^\?P?<([A-Za-z_]\w*)>/.exec(rest);
    const flagged = /^\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
    if (named?.[1] !== undefined) {
      number = ++parser.groups;
      if (parser.names.has(named[1])) throw bad('duplicate capture group name', named[1]);
      parser.names.set(named[1], number);
    } else if (flagged !== null) {
      for (const flag of flagged[1] ?? '') parser.flags[flag as keyof Flags] = true;
      for (const flag of flagged[2] ?? '') parser.flags[flag as keyof Flags] = false;
    } else throw bad('invalid or unsupported Perl syntax', rest.slice(0, 3));
    parser.offset += (named ?? flagged)?.[0].length ?? 0;
    if (flagged?.[3] === ')') return null;
  } else number = ++parser.groups;
  if (++parser.depth > 100) throw bad('expression nests too deeply', parser.source);
  const part = choice(parser);
  parser.depth -= 1;
  if (parser.source[parser.offset] !== ')') throw bad('missing closing )', parser.source.slice(start));
  parser.offset += 1;
  parser.flags = outer;
  return number === null ? part : { type: 'group', part, number };
}

function escapeSequence(parser: Parser): Pattern {
  const character = parser.source[parser.offset] ?? '';
  const assertion = assertions[character];
  if (assertion !== undefined) {
    parser.offset += 1;
    return { type: 'assert', at: assertion };
  }
  if (character === 'Q') {
    const end = parser.source.indexOf('\\E', parser.offset + 1);
    const text = parser.source.slice(parser.offset + 1, end < 0 ? undefined : end);
    parser.offset = end < 0 ? parser.source.length : end + 2;
    const parts = Array.from(text, (one): Pattern => {
      const code = one.codePointAt(0) ?? 0;
      return { type: 'char', test: range(code, code, parser.flags.i) };
    });
    return { type: 'sequence', parts };
  }
  const found = escaped(parser);
  return { type: 'char', test: typeof found === 'number' ? range(found, found, parser.flags.i) : found };
}

/** What follows a backslash: a character's code or a class. */
function escaped(parser: Parser): number | Test {
  const rest = parser.source.slice(parser.offset, parser.offset + 60);
  if (rest === '') throw bad('trailing backslash at end of expression', '');
  const property = /^[pP](?:\{(\^?)(\w+)\}|([A-Z]))/.exec(rest);
  const hex = /^x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(rest);
  const octal = /^0[0-7]{0,2}|^[1-7][0-7]{1,2}/.exec(rest);
  const known = property ?? hex ?? octal;
  if (known !== null) parser.offset += known[0].length;
  if (property !== null) {
    const test = classOf(`p{${property[2] ?? property[3]}}`);
    if (test === undefined) throw bad('invalid character class range', `\\${property[0]}`);
    return (rest[0] === 'P') !== (property[1] === '^') ? (code) => !test(code) : test;
  }
  if (hex !== null) return Number.parseInt(hex[1] ?? hex[2] ?? '0', 16);
  if (octal !== null) return Number.parseInt(octal[0], 8);
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  parser.offset += character.length;
  const named = classOf(character.toLowerCase());
  if (named !== undefined && /[dswDSW]/.test(character))
    return /[DSW]/.test(character) ? (code) => !named(code) : named;
  const control = controls[character];
  if (control !== undefined) return control;
  if (/[A-Za-z0-9]/.test(character)) throw bad('invalid escape sequence', `\\${character}`);
  return character.codePointAt(0) ?? 0;
}

function set(parser: Parser): Test {
  const { source } = parser;
  const start = parser.offset - 1;
  const negated = source[parser.offset] === '^';
  if (negated) parser.offset += 1;
  const tests: Test[] = [];
  for (let first = true; source[parser.offset] !== ']' || first; first = false) {
    if (parser.offset >= source.length) throw bad('missing closing ]', source.slice(start));
    const low = member(parser);
    if (typeof low !== 'number') {
      tests.push(low);
      continue;
    }
    let high: number | Test = low;
    if (source[parser.offset] === '-' && source[parser.offset + 1] !== ']') {
      parser.offset += 1;
      high = member(parser);
    }
    if (typeof high !== 'number' || high < low)
      throw bad('invalid character class range', source.slice(start, parser.offset));
    tests.push(range(low, high, parser.flags.i));
  }
  parser.offset += 1;
  return (code) => tests.some((test) => test(code)) !== negated;
}

function member(parser: Parser): number | Test {
  const posix = /^\[:(\^?)(\w+):\]/.exec(parser.source.slice(parser.offset, parser.offset + 16));
  if (posix?.[2] !== undefined) {
    const test = posixClass(posix[2]);
    if (test === undefined) throw bad('invalid character class range', posix[0]);
    parser.offset += posix[0].length;
    return posix[1] === '^' ? (code) => !test(code) : test;
  }
  const code = parser.source.codePointAt(parser.offset) ?? 0;
  parser.offset += code > 0xffff ? 2 : 1;
  return code === 0x5c ? escaped(parser) : code;
}

function range(low: number, high: number, ignoreCase: boolean): Test {
  const inside: Test = (code) => code >= low && code <= high;
  if (!ignoreCase) return inside;
  return (code) => {
    if (inside(code)) return true;
    const character = String.fromCodePoint(code);
    return (
      inside(character.toLowerCase().codePointAt(0) ?? -1) ||
      inside(character.toUpperCase().codePointAt(0) ?? -1)
    );
  };
}

function bad(what: string, where: string): Error {
  return new Error(`error parsing regexp: ${what}: \`${where}\``);
}

const assertions: Record<string, Assertion | undefined> = { A: 'start', z: 'end', b: 'word', B: 'not-word' };
const controls: Record<string, number | undefined> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7 };

export type Assertion = 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'not-word';
export type Pattern =
  | { type: 'char'; test: Test }
  | { type: 'assert'; at: Assertion }
  | { type: 'sequence'; parts: Pattern[] }
  | { type: 'choice'; options: Pattern[] }
  | { type: 'group'; part: Pattern; number: number }
  | { type: 'repeat'; part: Pattern; min: number; max: number | null; greedy: boolean };

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  U: boolean;
}
interface Parser {
  source: string;
  offset: number;
  depth: number;
  groups: number;
  names: Map<string, number>;
  flags: Flags;
}
