import { compileRe2 } from './re2.ts';

/**
 * A test of whole texts from the parts of a glob, whatever its language. Time is length of the text × number
 * of parts.
 */
export function globTest(parts: readonly GlobPart[]): (text: string) => boolean {
  const special = parts.findIndex(({ type }) => type !== 'char');
  const start = parts
    .slice(0, special < 0 ? parts.length : special)
    .map((part) => (part.type === 'char' ? part.char : ''))
    .join('');
  // Most globs are a text, or one with anything behind it.
  if (special < 0) return (text) => text === start;
  const last = parts[special];
  if (special === parts.length - 1 && last?.type === 'run' && last.except.length === 0)
    return (text) => text.startsWith(start);
  return compileRe2(globPattern(parts), Number.POSITIVE_INFINITY).matches;
}

/** The parts as a pattern of RE2. */
export function globPattern(parts: readonly GlobPart[]): string {
  return parts.map(partPattern).join('');
}

function partPattern(part: GlobPart): string {
  switch (part.type) {
    case 'char':
      return code(codeOf(part.char));
    case 'one':
      return anyBut(part.except);
    case 'run':
      return `${anyBut(part.except)}*`;
    case 'either':
      return `(?:${part.branches.map(globPattern).join('|')})`;
    case 'class':
      return classPattern(part);
  }
}

function anyBut(except: readonly string[]): string {
  return except.length === 0 ? '(?s:.)' : `[^${except.map((char) => code(codeOf(char))).join('')}]`;
}

function classPattern({ not, ranges, except }: Extract<GlobPart, { type: 'class' }>): string {
  const codes = ranges
    .map(([low, high]): [number, number] => [codeOf(low), codeOf(high)])
    .filter(([low, high]) => low <= high);
  const excluded = except.map(codeOf);
  if (not) return setPattern('^', [...codes, ...excluded.map((one): [number, number] => [one, one])]);
  // RE2 has no sets less others: the ranges are cut where an excluded character lies in them.
  const left = excluded.reduce(
    (cut, one) =>
      cut.flatMap(([low, high]): [number, number][] =>
        one < low || one > high
          ? [[low, high]]
          : [
              [low, one - 1],
              [one + 1, high],
            ],
      ),
    codes,
  );
  return setPattern(
    '',
    left.filter(([low, high]) => low <= high),
  );
}

function setPattern(not: '' | '^', ranges: [number, number][]): string {
  if (ranges.length === 0) return not === '' ? nothing : anyBut([]);
  return `[${not}${ranges.map(([low, high]) => `${code(low)}-${code(high)}`).join('')}]`;
}

/** A character without any special meaning. */
function code(point: number): string {
  const char = String.fromCodePoint(point);
  return /[\w/]/.test(char) ? char : `\\x{${point.toString(16)}}`;
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}

const nothing = '[^\\x{0}-\\x{10ffff}]';

/** One part: a character, any but some, a set (less some), any run without some, or one of several globs. */
export type GlobPart =
  | { type: 'char'; char: string }
  | { type: 'one'; except: readonly string[] }
  | { type: 'class'; not: boolean; ranges: readonly [string, string][]; except: readonly string[] }
  | { type: 'run'; except: readonly string[] }
  | { type: 'either'; branches: readonly (readonly GlobPart[])[] };
