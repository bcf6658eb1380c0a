import { existsSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import { isInside, nearest, realOf, slashed } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import { kustomizationNames } from '../../source/index.ts';
import type { CommandWord, ShellPage } from './types.ts';

/**
 * A path of a command, from the root or from the page's own folder. Null where it may be anything: a URL, a chart of a registry, a
 * file that the reader makes, a path from another folder.
 */
export function findPath(
  { word, kustomization }: { word: CommandWord; kustomization: boolean },
  platform: Platform,
  page: ShellPage,
): FoundPath {
  const written = word.text.replace(/^\.\//, '').replace(/\/+$/, '');
  if (word.open || !/^[\w.@+-][\w./@+-]*$/.test(written) || /\/\/|path\/to\//.test(written)) return unknown;
  const { root } = platform.config;
  const starts = [root, ...(page.path === null ? [] : [dirname(page.path)])];
  for (const start of starts) {
    const path = insideOf(root, resolve(start, written));
    if (path === null || !existsSync(resolve(root, path))) continue;
    const isHeld = !kustomization || kustomizationNames.some((name) => existsSync(resolve(root, path, name)));
    // What lies elsewhere under the name from the root was meant by none who wrote it so.
    return isHeld ? { ok: true, path } : { ok: false, path, word, lacks: 'kustomization' };
  }
  const path = insideOf(root, resolve(root, written));
  if (path === null || page.moves || !isManifestFolder(path, platform)) return unknown;
  return { ok: false, path, word, lacks: 'file' };
}

/** Files of the same name elsewhere, else what stands beside it under a similar name, else similar paths. */
export function nearestPaths(path: string, files: readonly string[]): string[] {
  const known = [...new Set(files.flatMap((file) => [file, ...ancestorsOf(file)]))];
  const moved = known.filter((one) => posix.basename(one) === posix.basename(path));
  if (moved.length > 0) return moved.slice(0, 3);
  const folder = posix.dirname(path);
  const beside = known.filter((one) => posix.dirname(one) === folder).map((one) => posix.basename(one));
  const respelled = nearest(posix.basename(path), beside).map((name) => posix.join(folder, name));
  if (respelled.length > 0) return respelled;
  return nearest(path, known).filter((one) => !path.startsWith(`${one}/`));
}

function isManifestFolder(path: string, { sources }: Platform): boolean {
  const slash = path.indexOf('/');
  if (slash <= 0) return false;
  const top = path.slice(0, slash + 1);
  return [...sources.files.keys()].some((file) => file.startsWith(top));
}

function ancestorsOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** Relative to the root; null where the path, or what it links to, lies outside. */
function insideOf(root: string, path: string): string | null {
  const real = realOf(path);
  return isInside(root, real) ? slashed(root, real) : null;
}

const unknown = { ok: null } as const;

export type FoundPath = { ok: true; path: string } | MissingPath | typeof unknown;

export interface MissingPath {
  ok: false;
  /** From the root. */
  path: string;
  word: CommandWord;
  lacks: 'file' | 'kustomization';
}
