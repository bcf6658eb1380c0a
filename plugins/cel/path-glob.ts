import { compileRe2, type GlobPart, globPattern, PatternError, type Re2 } from '../base/index.ts';

/**
 * A path glob: `*` any run without `/`, `**` any run, `**` between slashes also no folder at all, `?` one
 * character but `/`, `{a,b}` alternatives (nestable), `[abc]`, `[a-z]`, `[!a]`, `\` before a character that
 * stands for itself. The whole text must match; upper and lower case differ.
 * @throws PatternError where it does not parse, or is larger than `limit` instructions.
 */
export function compilePathGlob(pattern: string, limit?: number): Re2 {
  const parser: Parser = { pattern, offset: 0, depth: 0 };
  return compileRe2(globPattern(sequence(parser, false)), limit);
}

function sequence(parser: Parser, inBraces: boolean): GlobPart[] {
  const parts: GlobPart[] = [];
  while (parser.offset < parser.pattern.length) {
    const character = parser.pattern[parser.offset] as string;
    if (inBraces && (character === ',' || character === '}')) break;
    parts.push(item(parser, character));
  }
  return parts;
}

function item(parser: Parser, character: string): GlobPart {
  switch (character) {
    case '*':
      return star(parser);
    case '?':
      parser.offset += 1;
      return { type: 'one', except: ['/'] };
    case '{':
      return braces(parser);
    case '[':
      return set(parser);
    case '\\':
      parser.offset += 1;
      if (parser.offset >= parser.pattern.length) throw new PatternError('`\\` at the end');
      return literal(parser);
    default:
      return literal(parser);
  }
}

function star(parser: Parser): GlobPart {
  const { pattern, offset } = parser;
  if (pattern[offset + 1] !== '*') {
    parser.offset += 1;
    return { type: 'run', except: ['/'] };
  }
  while (pattern[parser.offset] === '*') parser.offset += 1;
  const anything: GlobPart = { type: 'run', except: [] };
  const ownFolder = offset === 0 || pattern[offset - 1] === '/';
  if (!ownFolder || pattern[parser.offset] !== '/') return anything;
  parser.offset += 1;
  return { type: 'either', branches: [[anything, { type: 'char', char: '/' }], []] };
}

function braces(parser: Parser): GlobPart {
  parser.depth += 1;
  if (parser.depth > 100) throw new PatternError('`{` is nested too deeply');
  const branches: GlobPart[][] = [];
  do {
    parser.offset += 1;
    branches.push(sequence(parser, true));
  } while (parser.pattern[parser.offset] === ',');
  if (parser.pattern[parser.offset] !== '}') throw new PatternError('`{` is not closed');
  parser.offset += 1;
  parser.depth -= 1;
  return { type: 'either', branches };
}

function set(parser: Parser): GlobPart {
  const start = parser.offset;
  const end = parser.pattern.indexOf(']', start + 2);
  if (end < 0) throw new PatternError('`[` is not closed');
  const inside = parser.pattern.slice(start + 1, end);
  const not = inside[0] === '!' || inside[0] === '^';
  const ranges: [string, string][] = [];
  const characters = [...(not ? inside.slice(1) : inside)];
  for (let index = 0; index < characters.length; index++) {
    const low = characters[index] as string;
    const high = characters[index + 2];
    if (characters[index + 1] === '-' && high !== undefined) {
      ranges.push([low, high]);
      index += 2;
    } else ranges.push([low, low]);
  }
  parser.offset = end + 1;
  return { type: 'class', not, ranges, except: ['/'] };
}

function literal(parser: Parser): GlobPart {
  const char = String.fromCodePoint(parser.pattern.codePointAt(parser.offset) as number);
  parser.offset += char.length;
  return { type: 'char', char };
}

interface Parser {
  pattern: string;
  offset: number;
  depth: number;
}
