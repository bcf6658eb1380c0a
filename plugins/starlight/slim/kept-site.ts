import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareText, isInside, slashed } from '../../base/index.ts';
import type { Cache } from '../../source/cache.ts';

/**
 * Changes the pages of a built site, or does to the very same site what was done to it before.
 * @param dir where it was built to.
 * @param made what else the change rests on, as text.
 * @param change reads pages, styles and scripts below `dir`, and of other files only their names; what it
 * writes is text.
 */
export async function changeOnce(cache: Cache, dir: URL, made: string, change: () => void): Promise<void> {
  const folder = fileURLToPath(dir);
  const before = readSite(folder);
  // A large one is not held in memory twice.
  if (before === null) return change();
  const key = createHash('sha256').update(made);
  for (const [path, text] of before) key.update(`\0${path}\0${text.length}\0`).update(text);
  const name = key.digest('hex');
  const kept = cache.now(kind, name);
  const known = kept && (JSON.parse(kept.toString()) as Changes);
  if (known && isOfSite(folder, known)) return apply(folder, known);
  change();
  const after = readSite(folder);
  if (after === null) return;
  const changes: Changes = {
    written: [...after]
      .filter(([path, text]) => before.get(path) !== text)
      .map(([path]) => [path, readFileSync(join(folder, path), 'utf8')]),
    removed: [...before.keys()].filter((path) => !after.has(path)),
  };
  await cache.set(kind, name, JSON.stringify(changes));
}

/** Every file by its path, in a fixed order, those that may change with what is in them; null of many. */
function readSite(folder: string): Map<string, string> | null {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(folder, join(entry.parentPath, entry.name)))
    .sort(compareText);
  const isRead = (path: string) => /\.(?:html|css|m?js)$/.test(path);
  const size = paths.filter(isRead).reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  if (size > mostBytes) return null;
  return new Map(paths.map((path) => [path, isRead(path) ? readFileSync(join(folder, path), 'utf8') : '']));
}

/** A cache may come from elsewhere: nothing beside the site is written. */
function isOfSite(folder: string, { written, removed }: Changes): boolean {
  return [...written.map(([path]) => path), ...removed].every((path) => isInside(folder, join(folder, path)));
}

function apply(folder: string, { written, removed }: Changes): void {
  for (const [path, text] of written) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const path of removed) rmSync(join(folder, path));
}

const kind = 'slim';
const mostBytes = 16 * 2 ** 20;

interface Changes {
  /** Text by path. */
  written: [path: string, text: string][];
  removed: string[];
}
