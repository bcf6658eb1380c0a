import { compilePattern, isWord, type Machine, type Pattern, PatternError } from './automaton.ts';

/**
 * CEL's `matches()`: true where some part of the text matches, as RE2 has it, which CEL prescribes. Of RE2's syntax:
 * characters, `.`, `[…]`, `\d \w \s` and their opposites, `^ $ \b \B \A \z`, groups, `|`, `* + ? {n,m}`, and `(?i)` / `(?s)` in front.
 * Back references and look-around are refused, as RE2 does. Throws `PatternError`.
 */
export function compileRegex(pattern: string): (text: string) => boolean {
  let machine = compiled.get(pattern);
  if (machine === undefined) {
    const parser: Parser = { pattern, offset: 0, depth: 0, ignoreCase: false, dotAll: false };
    flags(parser);
    const parsed = choice(parser);
    if (parser.offset < pattern.length) throw new PatternError('`)` without `(`', parser.offset);
    machine = compilePattern(parsed);
    if (compiled.size > 1000) compiled.clear();
    compiled.set(pattern, machine);
  }
  return machine.finds;
}

const compiled = new Map<string, Machine>();

function flags(parser: Parser): void {
  const found = /^\(\?([is]+)\)/.exec(parser.pattern);
  if (found?.[1] === undefined) return;
  parser.ignoreCase = found[1].includes('i');
  parser.dotAll = found[1].includes('s');
  parser.offset = found[0].length;
}

function choice(parser: Parser): Pattern {
  const options = [sequence(parser)];
  while (parser.pattern[parser.offset] === '|') {
    parser.offset += 1;
    options.push(sequence(parser));
  }
  return options.length === 1 && options[0] ? options[0] : { type: 'choice', options };
}

function sequence(parser: Parser): Pattern {
  const parts: Pattern[] = [];
  while (parser.offset < parser.pattern.length) {
    const character = parser.pattern[parser.offset];
    if (character === '|' || character === ')') break;
    parts.push(repeated(parser, atom(parser)));
  }
  return { type: 'sequence', parts };
}

function repeated(parser: Parser, part: Pattern): Pattern {
  const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/.exec(parser.pattern.slice(parser.offset, parser.offset + 16));
  if (found === null) return part;
  const start = parser.offset;
  parser.offset += found[0].length;
  let min = found[0] === '+' ? 1 : 0;
  let max = found[0] === '?' ? 1 : null;
  if (found[1] !== undefined) {
    min = Number(found[1]);
    max = found[2] === undefined ? min : found[3] ? Number(found[3]) : null;
    if (min > 1000 || (max !== null && (max > 1000 || max < min)))
      throw new PatternError('a repetition out of range', start);
  }
  if (parser.pattern[parser.offset] === '?') parser.offset += 1;
  if (/^[*+?]/.test(parser.pattern.slice(parser.offset)))
    throw new PatternError('a repetition of a repetition', parser.offset);
  return { type: 'repeat', part, min, max };
}

function atom(parser: Parser): Pattern {
  const start = parser.offset;
  const code = parser.pattern.codePointAt(start) as number;
  const character = String.fromCodePoint(code);
  parser.offset += character.length;
  switch (character) {
    case '.':
      return { type: 'char', test: parser.dotAll ? () => true : (other) => other !== 10 };
    case '^':
      return { type: 'assert', at: 'start' };
    case '$':
      return { type: 'assert', at: 'end' };
    case '(':
      return group(parser, start);
    case '[':
      return { type: 'char', test: set(parser, start) };
    case '\\':
      return escapeSequence(parser, start);
    case '*':
    case '+':
    case '?':
      throw new PatternError(`nothing before \`${character}\` to repeat`, start);
    default:
      return one(parser, code);
  }
}

function group(parser: Parser, start: number): Pattern {
  const rest = parser.pattern.slice(parser.offset);
  if (rest.startsWith('?')) {
    const opening = /^\?(?::|P?<[A-Za-z_]\w*>)/.exec(rest);
    if (opening === null) throw new PatternError('look-around and inline flags are not supported', start);
    parser.offset += opening[0].length;
  }
  parser.depth += 1;
  if (parser.depth > 50) throw new PatternError('groups are nested too deeply', start);
  const inner = choice(parser);
  parser.depth -= 1;
  if (parser.pattern[parser.offset] !== ')') throw new PatternError('`(` is not closed', start);
  parser.offset += 1;
  return inner;
}

function escapeSequence(parser: Parser, start: number): Pattern {
  const character = parser.pattern[parser.offset];
  if (character === 'b' || character === 'B' || character === 'A' || character === 'z') {
    parser.offset += 1;
    const at = { b: 'word', B: 'not-word', A: 'start', z: 'end' } as const;
    return { type: 'assert', at: at[character] };
  }
  const found = escaped(parser, start);
  return typeof found === 'number' ? one(parser, found) : { type: 'char', test: found };
}

/** What follows a backslash: a character's code or a class. */
function escaped(parser: Parser, start: number): number | Test {
  const character = parser.pattern[parser.offset];
  if (character === undefined) throw new PatternError('`\\` at the end', start);
  parser.offset += 1;
  const named = classes[character.toLowerCase()];
  if (named !== undefined) return character === character.toLowerCase() ? named : (code) => !named(code);
  const control = controls[character];
  if (control !== undefined) return control;
  if (character === 'x') {
    const hex = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(parser.pattern.slice(parser.offset));
    if (hex === null) throw new PatternError('`\\x` needs two hexadecimal digits', start);
    parser.offset += hex[0].length;
    return Number.parseInt(hex[1] ?? hex[2] ?? '0', 16);
  }
  if (/[1-9]/.test(character)) throw new PatternError('back references are not supported', start);
  if (/[A-Za-z0]/.test(character)) throw new PatternError(`\`\\${character}\` is not supported`, start);
  return character.charCodeAt(0);
}

function set(parser: Parser, start: number): Test {
  const { pattern } = parser;
  const negated = pattern[parser.offset] === '^';
  if (negated) parser.offset += 1;
  const tests: Test[] = [];
  let first = true;
  while (pattern[parser.offset] !== ']' || first) {
    if (parser.offset >= pattern.length) throw new PatternError('`[` is not closed', start);
    first = false;
    const low = member(parser, start);
    if (typeof low !== 'number') {
      tests.push(low);
      continue;
    }
    let high: number | Test = low;
    if (pattern[parser.offset] === '-' && pattern[parser.offset + 1] !== ']') {
      parser.offset += 1;
      high = member(parser, start);
    }
    if (typeof high !== 'number' || high < low) throw new PatternError('a range that runs backwards', start);
    tests.push(range(low, high, parser.ignoreCase));
  }
  parser.offset += 1;
  return (code) => tests.some((test) => test(code)) !== negated;
}

function member(parser: Parser, start: number): number | Test {
  const posix = /^\[:(alpha|digit|alnum|upper|lower|space|word|punct):\]/.exec(
    parser.pattern.slice(parser.offset),
  );
  if (posix?.[1] !== undefined) {
    parser.offset += posix[0].length;
    return posixClasses[posix[1]] as Test;
  }
  const code = parser.pattern.codePointAt(parser.offset) ?? 0;
  parser.offset += code > 0xffff ? 2 : 1;
  return code === 0x5c ? escaped(parser, start) : code;
}

function one(parser: Parser, code: number): Pattern {
  return { type: 'char', test: range(code, code, parser.ignoreCase) };
}

function range(low: number, high: number, ignoreCase: boolean): Test {
  if (!ignoreCase) return low === high ? (code) => code === low : (code) => code >= low && code <= high;
  const inside = (code: number): boolean => code >= low && code <= high;
  return (code) => {
    const character = String.fromCodePoint(code);
    return (
      inside(code) ||
      [character.toLowerCase(), character.toUpperCase()].some((other) => inside(other.codePointAt(0) ?? -1))
    );
  };
}

const isDigit: Test = (code) => code >= 48 && code <= 57;
const isUpper: Test = (code) => code >= 65 && code <= 90;
const isLower: Test = (code) => code >= 97 && code <= 122;
const isSpace: Test = (code) => code === 32 || (code >= 9 && code <= 13);
const classes: Record<string, Test | undefined> = { d: isDigit, w: isWord, s: isSpace };
const controls: Record<string, number | undefined> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7 };
const posixClasses: Record<string, Test> = {
  digit: isDigit,
  upper: isUpper,
  lower: isLower,
  alpha: (code) => isUpper(code) || isLower(code),
  alnum: (code) => isUpper(code) || isLower(code) || isDigit(code),
  space: isSpace,
  word: isWord,
  punct: (code) => code > 32 && code < 127 && !(isUpper(code) || isLower(code) || isDigit(code)),
};

type Test = (code: number) => boolean;

interface Parser {
  pattern: string;
  offset: number;
  depth: number;
  ignoreCase: boolean;
  dotAll: boolean;
}
