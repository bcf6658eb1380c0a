/**
 * The two languages of `git.files[].path`. Sources: git's `wildmatch` and pathspecs, bmatcuk/doublestar v4.
 */
import { posix } from 'node:path';
import { globTest } from '../../../../base/index.ts';
import { parseGlob } from './parse-glob.ts';

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
  const nodes = parseGlob(path, words.has('glob') ? 'wildmatch' : 'flat');
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
  const nodes = parseGlob(path, 'doublestar');
  if (nodes === null) return { ok: false, why: `\`${pattern}\` is no valid pattern` };
  return { ok: true, matches: globTest(nodes) };
}
