import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from '../../base/index.ts';
import { cacheDirectory } from '../../source/cache/cache-directory.ts';
import { type EngineProgram, releaseName } from './engine-releases.ts';
import { writeProgram } from './write-program.ts';

/**
 * The engine that `plumbline engines install` has fetched; undefined where there is none, where it is no
 * longer what was written, and where the user's caches lie in the repository under `root`.
 */
export function keptEngine(name: EngineProgram, root: string): string | undefined {
  const path = pathOf(name, root);
  return path !== null && isExecutable(path) && markIn(path) === markOf(path) ? path : undefined;
}

/**
 * Keeps a program that was fetched and whose digest was right. It appears under its name only when it is
 * whole.
 * @returns where it lies; null where the user's caches lie in the repository under `root`.
 */
export function keepEngine(name: EngineProgram, program: Uint8Array, root: string): string | null {
  const path = pathOf(name, root);
  if (path === null) return null;
  writeProgram(path, program);
  writeFileSync(`${path}.mark`, markOf(path));
  return path;
}

function pathOf(name: EngineProgram, root: string): string | null {
  const folder = cacheDirectory(root);
  return folder === null ? null : join(folder, 'engines', releaseName, name);
}

/** What tells a file from what was written last: one cut short or written over has another. */
function markOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

function markIn(path: string): string | undefined {
  try {
    return readFileSync(`${path}.mark`, 'utf8');
  } catch {
    return undefined;
  }
}
