/**
 * The two glob languages of Argo CD. Both are anchored and case-sensitive.
 * Source: gobwas/glob 0.2.3 and Go's `path.Match`, as Argo CD calls them.
 */
import { type GlobPart, globTest } from '../../../base/index.ts';

export type GlobMatcher = (value: string) => boolean;

/** By language, then pattern: one text of both would have to be made for each question. */
const compiled = new Map<string, Map<string, GlobMatcher>>();
const never: GlobMatcher = () => false;

/**
 * gobwas: `*` any run without separators, `**` any run, `?` one character that is no separator, `[abc]`,
 * `[a-z]`, `[!a]`, `{a,b*}` (nestable), `\x`. A pattern that does not compile never matches.
 */
export function gobwas(pattern: string, separators = ''): GlobMatcher {
  const language = separators === '' ? 'gobwas' : `gobwas ${separators}`;
  return cached(language, pattern, () => parseGobwas(Array.from(pattern), separators));
}

/**
 * Go's `path.Match`: `*` and `?` stop at `/`, classes negate with `^`, no `**`, no braces. A bad pattern
 * never matches.
 */
export function pathMatch(pattern: string): GlobMatcher {
  return cached('path', pattern, () => parsePathMatch(Array.from(pattern)));
}

/** What every text begins with that a pattern of `pathMatch` takes. */
export function literalStart(pattern: string): string {
  return /^[^*?[\\]*/.exec(pattern)?.[0] ?? '';
}

/** Whether gobwas would compile the pattern. */
export function isValidGlob(pattern: string, separators = ''): boolean {
  return gobwas(pattern, separators) !== never;
}

/** True where `pattern` begins with `!`. */
export function isDeny(pattern: string): boolean {
  return pattern.startsWith('!');
}

/** A pattern that may deny: `!x` gives the opposite of `x` (a lone deny permits the rest). */
export function matchWithDeny(pattern: string, value: string, separators = ''): boolean {
  if (isDeny(pattern)) return !gobwas(pattern.slice(1), separators)(value);
  return pattern === '*' || gobwas(pattern, separators)(value);
}

function cached(language: string, pattern: string, parse: () => GlobPart[] | null): GlobMatcher {
  const own = compiled.get(language) ?? new Map<string, GlobMatcher>();
  compiled.set(language, own);
  const known = own.get(pattern);
  if (known !== undefined) return known;
  const nodes = parse();
  const matcher: GlobMatcher = nodes === null ? never : globTest(nodes);
  // A repository has few patterns; the bound is for one that has not.
  if (own.size > 10_000) own.clear();
  own.set(pattern, matcher);
  return matcher;
}

function parseGobwas(text: string[], separators: string): GlobPart[] | null {
  let position = 0;
  let broken = false;
  const separate = Array.from(separators);

  function sequence(depth: number): GlobPart[] {
    const nodes: GlobPart[] = [];
    while (position < text.length && !broken) {
      const char = text[position] ?? '';
      if (depth > 0 && (char === ',' || char === '}')) break;
      position += 1;
      if (char === '*') {
        const both = text[position] === '*';
        if (both) position += 1;
        nodes.push({ type: 'run', except: both ? [] : separate });
      } else if (char === '?') nodes.push({ type: 'one', except: separate });
      else if (char === '[') nodes.push(range());
      else if (char === '{') nodes.push({ type: 'either', branches: terms(depth) });
      else if (char !== '\\') nodes.push({ type: 'char', char });
      else if (position < text.length) nodes.push({ type: 'char', char: text[position++] ?? '' });
    }
    return nodes;
  }

  function terms(depth: number): GlobPart[][] {
    if (depth > 50) broken = true;
    const branches: GlobPart[][] = [];
    do branches.push(sequence(depth + 1));
    while (!broken && text[position++] === ',');
    return branches;
  }

  function range(): GlobPart {
    const not = text[position] === '!';
    if (not) position += 1;
    const low = text[position] ?? '';
    if (text[position + 1] === '-') {
      const high = text[position + 2] ?? '';
      broken ||= text[position + 3] !== ']' || high < low;
      position += 4;
      return { type: 'class', not, ranges: [[low, high]], except: [] };
    }
    const ranges: [string, string][] = [];
    while (position < text.length && text[position] !== ']') {
      if (text[position] === '\\') position += 1;
      const char = text[position++] ?? '';
      if (char !== '') ranges.push([char, char]);
    }
    broken ||= ranges.length === 0 || position >= text.length;
    position += 1;
    return { type: 'class', not, ranges, except: [] };
  }

  const nodes = sequence(0);
  return broken ? null : nodes;
}

function parsePathMatch(text: string[]): GlobPart[] | null {
  const nodes: GlobPart[] = [];
  let position = 0;
  while (position < text.length) {
    const char = text[position++] ?? '';
    if (char === '*') nodes.push({ type: 'run', except: ['/'] });
    else if (char === '?') nodes.push({ type: 'one', except: ['/'] });
    else if (char === '\\') {
      if (position >= text.length) return null;
      nodes.push({ type: 'char', char: text[position++] ?? '' });
    } else if (char === '[') {
      const not = text[position] === '^';
      if (not) position += 1;
      const ranges: [string, string][] = [];
      while (text[position] !== ']' || ranges.length === 0) {
        const low = classMember();
        if (low === null) return null;
        let high: string | null = low;
        if (text[position] === '-') {
          position += 1;
          high = classMember();
          if (high === null) return null;
        }
        ranges.push([low, high]);
      }
      position += 1;
      nodes.push({ type: 'class', not, ranges, except: [] });
    } else nodes.push({ type: 'char', char });
  }
  return nodes;

  function classMember(): string | null {
    let char = text[position];
    if (char === undefined || char === '-' || char === ']') return null;
    if (char === '\\') char = text[++position];
    position += 1;
    return char === undefined || position >= text.length ? null : char;
  }
}
