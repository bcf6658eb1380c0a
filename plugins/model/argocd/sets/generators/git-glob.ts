/**
 * The two languages of `git.files[].path`. Sources: git's `wildmatch` and pathspecs, bmatcuk/doublestar v4.
 */
import { posix } from 'node:path';
import { byName, type GlobPart, globTest } from '../../../../base/index.ts';

type PathMatcher = (path: string) => boolean;
type Compiled = { ok: true; matches: PathMatcher } | { ok: false; why: string };

/**
 * `git ls-files -- PATTERN`: wildcards also match `/`; a path without them takes the file, or everything
 * below the directory. `:(glob)` makes wildcards stop at `/`, `:(icase)` and `:(literal)` are known too.
 */
export function pathspec(pattern: string): Compiled {
  const magic = /^:\(([^)]*)\)(.*)$/s.exec(pattern);
  const words = new Set((magic?.[1] ?? '').split(',').filter((word) => word !== ''));
  const other = [...words].find((word) => !['glob', 'icase', 'literal', 'top'].includes(word));
  if (other !== undefined || (magic === null && /^:[/!^:]/.test(pattern)))
    return { ok: false, why: `the pathspec \`${pattern}\` uses magic that is not evaluated` };
  const fold = (text: string) => (words.has('icase') ? text.toLowerCase() : text);
  const written = fold(magic?.[2] ?? pattern);
  const normal = posix.normalize(written === '' ? '.' : written);
  // A slash at the end asks for a directory: no file has that name, and no wildcard takes it.
  const folder = normal.endsWith('/');
  const path = folder ? normal.slice(0, -1) : normal;
  if (path === '..' || normal.startsWith('../') || normal.startsWith('/'))
    return { ok: false, why: `\`${pattern}\` is outside the repository` };
  const literal = (file: string) => path === '.' || (!folder && file === path) || file.startsWith(`${path}/`);
  if (folder || words.has('literal') || !/[*?[\\]/.test(path))
    return { ok: true, matches: (file) => literal(fold(file)) };
  const nodes = parse(Array.from(path), words.has('glob') ? 'wildmatch' : 'flat');
  const test = nodes === null ? null : globTest(nodes);
  return { ok: true, matches: (file) => literal(fold(file)) || (test?.(fold(file)) ?? false) };
}

/**
 * `--enable-new-git-file-globbing`: `*` stops at `/`, `**` as a whole name is any depth, `{a,b}`. Matches
 * directories as well.
 */
export function doublestar(pattern: string): Compiled {
  const path = posix.normalize(`./${pattern}`).replace(/(.)\/$/, '$1');
  if (path === '..' || path.startsWith('../'))
    return { ok: false, why: `\`${pattern}\` is outside the repository` };
  const nodes = parse(Array.from(path), 'doublestar');
  if (nodes === null) return { ok: false, why: `\`${pattern}\` is no valid pattern` };
  return { ok: true, matches: globTest(nodes) };
}

/** `flat`: no separators. `wildmatch`: as with `:(glob)`. Null where the pattern is malformed. */
function parse(text: string[], language: 'flat' | 'wildmatch' | 'doublestar'): GlobPart[] | null {
  const except = language === 'flat' ? [] : ['/'];
  let position = 0;
  let broken = false;

  function sequence(depth: number): GlobPart[] {
    const nodes: GlobPart[] = [];
    while (position < text.length && !broken) {
      const char = text[position] ?? '';
      if (depth > 0 && (char === ',' || char === '}')) break;
      const anyDepth = language === 'flat' ? null : deepRun(depth);
      if (anyDepth !== null) {
        nodes.push(anyDepth);
        continue;
      }
      position += 1;
      if (char === '*') {
        while (text[position] === '*') position += 1;
        nodes.push({ type: 'run', except });
      } else if (char === '?') nodes.push({ type: 'one', except });
      else if (char === '[') nodes.push(range());
      else if (char === '{' && language === 'doublestar')
        nodes.push({ type: 'either', branches: branches(depth) });
      else if (char !== '\\') nodes.push({ type: 'char', char });
      else if (position >= text.length) broken = true;
      else nodes.push({ type: 'char', char: text[position++] ?? '' });
    }
    return nodes;
  }

  /**
   * A whole name `**`: before a `/` it is any number of names, none included; at the end also nothing (`a/**`
   * takes `a`).
   */
  function deepRun(depth: number): GlobPart | null {
    const rest = (offset: number) => text[position + offset];
    const starts = position === 0 || text[position - 1] === '/';
    const ends = (char: string | undefined) =>
      char === undefined || (depth > 0 && (char === ',' || char === '}'));
    if (starts && rest(0) === '*' && rest(1) === '*' && rest(2) === '/') {
      position += 3;
      return {
        type: 'either',
        branches: [
          [],
          [
            { type: 'run', except: [] },
            { type: 'char', char: '/' },
          ],
        ],
      };
    }
    if (starts && rest(0) === '*' && rest(1) === '*' && ends(rest(2))) {
      position += 2;
      return { type: 'run', except: [] };
    }
    if (rest(0) === '/' && rest(1) === '*' && rest(2) === '*' && ends(rest(3)) && language === 'doublestar') {
      position += 3;
      return {
        type: 'either',
        branches: [
          [],
          [
            { type: 'char', char: '/' },
            { type: 'run', except: [] },
          ],
        ],
      };
    }
    return null;
  }

  function branches(depth: number): GlobPart[][] {
    if (depth > 50) broken = true;
    const found: GlobPart[][] = [];
    do found.push(sequence(depth + 1));
    while (!broken && text[position++] === ',');
    if (text[position - 1] !== '}') broken = true;
    return found;
  }

  function range(): GlobPart {
    const not = text[position] === '!' || text[position] === '^';
    if (not) position += 1;
    const ranges: [string, string][] = [];
    for (let first = true; first || text[position] !== ']'; first = false) {
      if (position >= text.length) {
        broken = true;
        break;
      }
      const named = /^\[:(\w+):\]/.exec(text.slice(position, position + 12).join(''));
      if (named && language !== 'doublestar') {
        position += named[0].length;
        ranges.push(...(posixClasses[named[1] ?? ''] ?? []));
        continue;
      }
      const low = member();
      if (text[position] === '-' && text[position + 1] !== ']' && position + 1 < text.length) {
        position += 1;
        ranges.push([low, member()]);
      } else ranges.push([low, low]);
    }
    position += 1;
    return { type: 'class', not, ranges, except };
  }

  function member(): string {
    if (text[position] === '\\') position += 1;
    return text[position++] ?? '';
  }

  const nodes = sequence(0);
  return broken ? null : nodes;
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
