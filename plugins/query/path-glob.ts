import { compilePattern, type Machine, type Pattern, PatternError } from './automaton.ts';

/**
 * A path glob as a test: `*` any run without `/`, `**` any run, `**` between slashes also no folder at all, `?` one character but `/`,
 * `{a,b}` alternatives (nestable), `[abc]`, `[a-z]`, `[!a]`, `\` before a character that stands for itself.
 * The whole text must match; upper and lower case differ. Throws `PatternError` where the pattern does not parse.
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  return globMachine(pattern).matches;
}

/** The same as a machine, which knows how much work it is. */
export function globMachine(pattern: string): Machine {
  let machine = compiled.get(pattern);
  if (machine === undefined) {
    const parser: Parser = { pattern, offset: 0 };
    machine = compilePattern(sequence(parser, false));
    if (compiled.size > 1000) compiled.clear();
    compiled.set(pattern, machine);
  }
  return machine;
}

const compiled = new Map<string, Machine>();

function sequence(parser: Parser, inBraces: boolean): Pattern {
  const parts: Pattern[] = [];
  while (parser.offset < parser.pattern.length) {
    const character = parser.pattern[parser.offset] as string;
    if (inBraces && (character === ',' || character === '}')) break;
    parts.push(item(parser, character));
  }
  return { type: 'sequence', parts };
}

function item(parser: Parser, character: string): Pattern {
  const start = parser.offset;
  switch (character) {
    case '*':
      return star(parser);
    case '?':
      parser.offset += 1;
      return notSlash;
    case '{':
      return braces(parser, start);
    case '[':
      return set(parser, start);
    case '\\':
      parser.offset += 1;
      if (parser.offset >= parser.pattern.length) throw new PatternError('`\\` at the end', start);
      return literal(parser);
    default:
      return literal(parser);
  }
}

function star(parser: Parser): Pattern {
  const { pattern, offset } = parser;
  if (pattern[offset + 1] !== '*') {
    parser.offset += 1;
    return { type: 'repeat', part: notSlash, min: 0, max: null };
  }
  while (pattern[parser.offset] === '*') parser.offset += 1;
  const anything: Pattern = { type: 'repeat', part: anyCharacter, min: 0, max: null };
  const ownFolder = offset === 0 || pattern[offset - 1] === '/';
  if (!ownFolder || pattern[parser.offset] !== '/') return anything;
  parser.offset += 1;
  return { type: 'repeat', part: { type: 'sequence', parts: [anything, exactly(0x2f)] }, min: 0, max: 1 };
}

function braces(parser: Parser, start: number): Pattern {
  const options: Pattern[] = [];
  do {
    parser.offset += 1;
    options.push(sequence(parser, true));
  } while (parser.pattern[parser.offset] === ',');
  if (parser.pattern[parser.offset] !== '}') throw new PatternError('`{` is not closed', start);
  parser.offset += 1;
  return { type: 'choice', options };
}

function set(parser: Parser, start: number): Pattern {
  const end = parser.pattern.indexOf(']', start + 2);
  if (end < 0) throw new PatternError('`[` is not closed', start);
  let inside = parser.pattern.slice(start + 1, end);
  const negated = inside[0] === '!' || inside[0] === '^';
  if (negated) inside = inside.slice(1);
  const ranges: [number, number][] = [];
  const codes = [...inside].map((character) => character.codePointAt(0) as number);
  for (let index = 0; index < codes.length; index++) {
    const low = codes[index] as number;
    const high = codes[index + 2];
    if (codes[index + 1] === 0x2d && high !== undefined) {
      ranges.push([low, high]);
      index += 2;
    } else ranges.push([low, low]);
  }
  parser.offset = end + 1;
  return {
    type: 'char',
    test: (code) => code !== 0x2f && ranges.some(([low, high]) => code >= low && code <= high) !== negated,
  };
}

function literal(parser: Parser): Pattern {
  const code = parser.pattern.codePointAt(parser.offset) as number;
  parser.offset += code > 0xffff ? 2 : 1;
  return exactly(code);
}

function exactly(code: number): Pattern {
  return { type: 'char', test: (other) => other === code };
}

const notSlash: Pattern = { type: 'char', test: (code) => code !== 0x2f };
const anyCharacter: Pattern = { type: 'char', test: () => true };

interface Parser {
  pattern: string;
  offset: number;
}
