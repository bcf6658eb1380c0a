import { isPathMisspelt, nearest } from '../../base/index.ts';
import { wholeFile } from '../../source/index.ts';
import { diagnose } from '../diagnose.ts';
import { matchPaths } from '../globs.ts';
import { pathMissing } from '../rules/pages/path-missing.ts';
import type { CheckContext, PathStatement } from '../types.ts';
import type { VerdictOf } from '../verdict.ts';

/** Inline code that is a path or glob under the manifest roots must match at least one file. */
export function judgePath(statement: PathStatement, { platform }: CheckContext): VerdictOf<'path'> {
  const pattern = statement.pattern.replace(/:\d+(?:[-:]\d+)?$/, '');
  const paths = [...platform.sources.files.keys()];
  const files = matchPaths(pattern, paths);
  if (files.length > 0)
    return { statement, outcome: 'true', diagnostics: [], unverified: [], result: { files } };

  const reach = deepest(pattern, paths);
  const candidates = nearestPaths(pattern, reach, paths);
  const near = candidates[0];
  const wildcard = /[*?{<]/.test(pattern);
  const diagnostic = diagnose(pathMissing, {
    about: pattern,
    page: statement.place,
    message: wildcard ? `no file matches \`${pattern}\`` : `\`${pattern}\` does not exist`,
    expected: `a file of the repository under ${platform.model.roots.map((root) => `\`${root}/\``).join(' or ')}`,
    actual:
      reach === null
        ? `searched ${paths.length} files`
        : `\`${reach}/\` exists, and nothing in it matches the rest`,
    candidates,
    help:
      near === undefined
        ? 'correct the path, or take it out of inline code if it is no path'
        : `did you mean \`${near}\`?`,
    sources: near !== undefined && platform.sources.files.has(near) ? [wholeFile(near, 'nearest')] : [],
    ...(near !== undefined && candidates.length === 1 && isSame(pattern, near, wildcard)
      ? { fix: { replacement: near } }
      : {}),
  });
  return { statement, outcome: 'false', diagnostics: [diagnostic], unverified: [], result: null };
}

/** The same file in another folder, or with its name misspelt: another name may be another file. A pattern means more than one folder. */
function isSame(written: string, right: string, wildcard: boolean): boolean {
  const isMoved = !wildcard && written.split('/').at(-1) === right.split('/').at(-1);
  return isMoved || isPathMisspelt(written, right);
}

/** Paths that differ in the first segment that failed, then files of the same name elsewhere. */
export function nearestPaths(pattern: string, reach: string | null, paths: string[]): string[] {
  const segments = pattern.replace(/\/$/, '').split('/');
  const depth = reach === null ? 0 : reach.split('/').length;
  const rest = segments.slice(depth + 1).join('/');
  const byName = new Map(childrenOf(reach, paths).map((path) => [path.split('/').at(-1) ?? '', path]));
  const failed = segments[depth] ?? '';
  const respelled = nearest(failed, byName.keys())
    .map((name) => byName.get(name) ?? '')
    .map((path) => (rest === '' ? path : `${path}/${rest}`))
    .filter((candidate) => matchPaths(candidate, paths).length > 0);
  const last = segments.at(-1) ?? '';
  const moved = /[*?{<]/.test(last) ? [] : paths.filter((path) => path.endsWith(`/${last}`));
  // A file that has moved lies most likely in the same stack still.
  moved.sort((a, b) => shared(b, pattern) - shared(a, pattern));
  return [...new Set([...respelled, ...moved])].slice(0, 3);
}

/** How many leading segments two paths have in common. */
function shared(path: string, other: string): number {
  const segments = other.split('/');
  const differs = path.split('/').findIndex((segment, index) => segment !== segments[index]);
  return differs < 0 ? segments.length : differs;
}

/** Files and folders straight under a folder, or under all that a pattern matches; the top ones under null. */
function childrenOf(folder: string | null, paths: string[]): string[] {
  // Where a pattern spans several levels, nobody knows which segment of a path comes after it.
  if (folder !== null && /\*\*|\.\.\.|…/.test(folder)) return [];
  const depth = folder === null ? 0 : folder.split('/').length;
  const inside = folder === null ? paths : matchPaths(`${folder}/`, paths);
  const names = new Set(inside.map((path) => path.split('/')[depth] ?? ''));
  return [...names].map((name) => (folder === null ? name : `${folder}/${name}`));
}

/** The longest leading part of the pattern that still matches a folder; null where not even the first segment does. */
export function deepest(pattern: string, paths: string[]): string | null {
  const segments = pattern.split('/').filter((segment) => segment !== '');
  for (let length = segments.length - 1; length > 0; length -= 1) {
    const prefix = segments.slice(0, length).join('/');
    if (matchPaths(`${prefix}/`, paths).length > 0) return prefix;
  }
  return null;
}
