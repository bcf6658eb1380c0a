import { posix } from 'node:path';
import { addTo, compareText, takeSteps, whileAlike } from '../base/index.ts';

/**
 * The paths that a pattern of a page matches. `*` and `?` stay within one segment, `**` (also `...` or `…`)
 * spans several, `{a,b}` is either, `<name>`, `[name]`, `{name}`, `$NAME` and `${name}` stand for a part of
 * one segment. A folder is matched by any file in it. Linear in the path for each wildcard, so that no
 * pattern of a page can take long; one without wildcards is looked up. Takes steps (`withinSteps`); where
 * there are none left, nothing matches.
 * @param paths the same list each time, so that what is known of it is kept.
 */
export function matchPaths(pattern: string, paths: readonly string[]): readonly string[] {
  const isFolder = pattern.endsWith('/');
  const plain = pattern.replace(/\/+$/, '');
  if (!takeSteps(1 + pattern.length / 1024)) return [];
  if (!/[*?{}<>[\]$…]|\.\.\./.test(plain)) {
    const { files, folders } = indexOf(paths);
    return folders.get(plain) ?? (files.has(plain) && !isFolder ? [plain] : []);
  }
  const all = alternatives(plain);
  if (!takeSteps(paths.length * all.length * (1 + pattern.length / 32))) return [];
  const patterns = all.map((one) => one.split('/').map(tokens));
  return paths
    .filter((path) => {
      const segments = path.split('/');
      // What matches a leading part of the path matches a folder above it.
      return patterns.some((one) =>
        prefixes(one, segments).some((length) => (length < segments.length ? length > 0 : !isFolder)),
      );
    })
    .sort(compareText);
}

const indexOf = whileAlike(Object.is, (paths: readonly string[]) => {
  const folders = new Map<string, string[]>();
  for (const path of [...paths].sort(compareText))
    for (let folder = posix.dirname(path); folder !== '.' && folder !== '/'; folder = posix.dirname(folder))
      addTo(folders, folder, path);
  return { files: new Set(paths), folders };
});

/** How many leading segments of a path the pattern can take up. */
function prefixes(pattern: Token[][], segments: string[]): number[] {
  let reached = new Set([0]);
  for (const wanted of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (wanted[0] === 'many') for (let to = at; to <= segments.length; to += 1) next.add(to);
      else if (at < segments.length && matchSegment(wanted, segments[at] ?? '')) next.add(at + 1);
    }
    reached = next;
    if (reached.size === 0) break;
  }
  return [...reached];
}

/** The usual two pointers: on a mismatch only the last wildcard takes one character more. */
function matchSegment(pattern: Token[], text: string): boolean {
  let [at, position, star, resume] = [0, 0, -1, 0];
  while (position < text.length) {
    const token = pattern[at];
    if (token === 'any') {
      star = at;
      resume = position;
      at += 1;
    } else if (token === 'one' || (typeof token === 'object' && token.character === text[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      resume += 1;
      at = star + 1;
      position = resume;
    } else return false;
  }
  return pattern.slice(at).every((token) => token === 'any');
}

function tokens(segment: string): Token[] {
  if (segment === '**' || segment === '...' || segment === '…') return ['many'];
  return [...segment.matchAll(/\*+|\?|\$?\{[^{}]*\}|\$[A-Za-z_]\w*|<[^<>]+>|\[[^[\]]+\]|[\s\S]/g)].map(
    ([token]) => {
      if (token === '?') return 'one';
      return token.length > 1 || token === '*' ? 'any' : { character: token };
    },
  );
}

/** Braces with a comma, multiplied out; at most 64 patterns, so that a hostile one stays small. */
function alternatives(pattern: string): string[] {
  let patterns = [pattern];
  for (let round = 0; round < 6; round += 1) {
    const next = patterns.flatMap((one) => {
      const brace = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (!brace) return [one];
      const [before, after] = [one.slice(0, brace.index), one.slice(brace.index + brace[0].length)];
      return (brace[1] ?? '').split(',').map((choice) => before + choice + after);
    });
    if (next.length > 64) return patterns;
    patterns = next;
  }
  return patterns;
}

/** `many` spans segments, `any` a part of one, `one` a character. */
type Token = 'many' | 'any' | 'one' | { character: string };
