import { hash } from 'node:crypto';
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
 * writes is text. It gives what is done at last.
 * @param finish gives what was written as it is at last, which is not kept so.
 */
export async function changeOnce(
  cache: Cache,
  dir: URL,
  made: string,
  change: () => Promise<() => void>,
  finish: (written: Written) => Written,
): Promise<void> {
  const folder = fileURLToPath(dir);
  const before = readSite(folder);
  // What is written to a large one would lie in memory as a whole.
  if (before === null) return (await change())();
  const name = hash('sha256', `${made}\0${JSON.stringify([...before])}`);
  const kept = cache.now(kind, name);
  const known = kept && (JSON.parse(kept.toString()) as Changes);
  if (known && isOfSite(folder, known)) return apply(folder, { ...known, written: finish(known.written) });
  const last = await change();
  const after = readSite(folder);
  if (after === null) return last();
  const changes: Changes = {
    written: [...after]
      .filter(([path, digest]) => before.get(path) !== digest)
      .map(([path]) => [path, readFileSync(join(folder, path), 'utf8')]),
    removed: [...before.keys()].filter((path) => !after.has(path)),
  };
  last();
  await cache.set(kind, name, JSON.stringify(changes));
}

/**
 * Every file by its path, in a fixed order, those that may change with a digest of what is in them; null of
 * many.
 */
function readSite(folder: string): Map<string, string> | null {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(folder, join(entry.parentPath, entry.name)))
    .sort(compareText);
  const isRead = (path: string) => /\.(?:html|css|m?js)$/.test(path);
  const size = paths.filter(isRead).reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  if (size > mostBytes) return null;
  return new Map(
    paths.map((path) => [path, isRead(path) ? hash('sha256', readFileSync(join(folder, path))) : '']),
  );
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
const mostBytes = 64 * 2 ** 20;

/** Text by path. */
type Written = (readonly [path: string, text: string])[];

interface Changes {
  written: Written;
  removed: string[];
}
