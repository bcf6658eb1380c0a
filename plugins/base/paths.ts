import { lstatSync, mkdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** The path with its symbolic links followed; undefined where nothing is there. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** The path with its symbolic links followed; absolute and else as it is where nothing is there. */
export function realOf(path: string): string {
  return realPath(path) ?? resolve(path);
}

/** The path with the links of as much of it followed as is there. */
export function realAsFar(path: string): string {
  const above = dirname(path);
  return realPath(path) ?? (above === path ? path : join(realAsFar(above), basename(path)));
}

/**
 * What is at a path, with its links followed; undefined where nothing is, or nothing that could be: names
 * that are too long or hold NUL, links that lead in circles.
 */
export function entryAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Whether a name is taken, by a link that leads nowhere too. */
export function isTaken(path: string): boolean {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Whether a path is the folder or lies in it. It follows no link: where that counts, both are given as
 * `realPath`.
 */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Whether a path lies in the folder and is not the folder itself. */
export function isBelow(folder: string, path: string): boolean {
  return isInside(folder, path) && relative(folder, path) !== '';
}

/**
 * The same for paths of the repository, which are relative and have slashes on every system; `.` is its root,
 * where all lie.
 */
export function isUnder(folder: string, path: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

/**
 * The way from a folder to a path, with slashes on every system: how pages, reports and manifests write it.
 */
export function slashed(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where the system calls a folder
 * missing that is there, as `/proc` does.
 * @throws what `mkdir` throws.
 */
export function makeFolder(path: string): void {
  if (entryAt(path)?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
