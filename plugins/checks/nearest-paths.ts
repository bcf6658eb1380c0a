import { nearest, takeSteps } from '../base/index.ts';
import { matchPaths } from './globs.ts';

/** Paths that differ in the first segment that failed, then files of the same name elsewhere. */
export function nearestPaths(pattern: string, reach: string | null, paths: readonly string[]): string[] {
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
  const isOpen = /[*?{<]/.test(last) || !takeSteps(paths.length / 16);
  const named = isOpen ? [] : paths.filter((path) => path.endsWith(`/${last}`));
  const moved = named.length > mostNamed ? telling(named, segments, reach) : named;
  // A moved file is most likely still in the same stack.
  moved.sort((a, b) => shared(b, pattern) - shared(a, pattern));
  return [...new Set([...respelled, ...moved])].slice(0, mostNamed);
}

/** Of many files of one name those in a folder of the same name, or in as much of the path as there is. */
function telling(named: string[], segments: readonly string[], reach: string | null): string[] {
  const end = `/${segments.slice(-2).join('/')}`;
  const found = named.filter(
    (path) => path.endsWith(end) || (reach !== null && path.startsWith(`${reach}/`)),
  );
  return found.length > mostNamed ? [] : found;
}

/** As many as are shown. */
const mostNamed = 3;

/** How many leading segments two paths have in common. */
function shared(path: string, other: string): number {
  const segments = other.split('/');
  const differs = path.split('/').findIndex((segment, index) => segment !== segments[index]);
  return differs < 0 ? segments.length : differs;
}

/**
 * Files and folders straight under a folder, or under all that a pattern matches; the top ones under null.
 */
function childrenOf(folder: string | null, paths: readonly string[]): string[] {
  // Where a pattern spans several levels, nobody knows which segment of a path comes after it.
  if (folder !== null && /\*\*|\.\.\.|…/.test(folder)) return [];
  const depth = folder === null ? 0 : folder.split('/').length;
  const inside = folder === null ? paths : matchPaths(`${folder}/`, paths);
  if (!takeSteps(inside.length / 4)) return [];
  const names = new Set(inside.map((path) => path.split('/')[depth] ?? ''));
  return [...names].map((name) => (folder === null ? name : `${folder}/${name}`));
}

/**
 * The longest leading part of the pattern that still matches a folder; null where not even the first segment
 * does.
 */
export function deepest(pattern: string, paths: readonly string[]): string | null {
  const segments = pattern.split('/').filter((segment) => segment !== '');
  for (let length = Math.min(segments.length - 1, mostSegments); length > 0; length -= 1) {
    const prefix = segments.slice(0, length).join('/');
    if (matchPaths(`${prefix}/`, paths).length > 0) return prefix;
  }
  return null;
}

/** No repository has folders that deep. */
const mostSegments = 100;
