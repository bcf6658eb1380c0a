import { hash } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareText, isInside } from '../../base/index.ts';
import type { Cache } from '../../source/cache/cache.ts';

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
  if (known && isOfSite(folder, known))
    return apply(folder, { ...known, written: finish(known.written) }, before);
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
  const site = new Map<string, string>();
  let room = mostBytes;
  for (const path of filesBelow(folder).sort(compareText)) {
    if (!/\.(?:html|css|m?js)$/.test(path)) site.set(path, '');
    else {
      const bytes = readFileSync(folder + path);
      room -= bytes.length;
      if (room < 0) return null;
      site.set(path, hash('sha256', bytes));
    }
  }
  return site;
}

/** Node's own way through folders asks of each file whether it is one. */
function filesBelow(folder: string, way = ''): string[] {
  return readdirSync(folder + way, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return filesBelow(folder, `${way}${entry.name}/`);
    return entry.isFile() ? [way + entry.name] : [];
  });
}

/** A cache may come from elsewhere: nothing beside the site is written. */
function isOfSite(folder: string, { written, removed }: Changes): boolean {
  return [...written.map(([path]) => path), ...removed].every((path) => isInside(folder, join(folder, path)));
}

/** @param before what is there already. */
function apply(folder: string, { written, removed }: Changes, before: ReadonlyMap<string, string>): void {
  const folders = new Set([...before.keys()].map((path) => dirname(path)));
  for (const [path, text] of written) {
    if (before.has(path)) {
      writeOver(folder + path, text);
      continue;
    }
    const own = dirname(path);
    if (!folders.has(own)) mkdirSync(join(folder, own), { recursive: true });
    folders.add(own);
    writeFileSync(folder + path, text);
  }
  for (const path of removed) rmSync(join(folder, path));
}

/** Not emptied first: what is written to such a file ext4 brings to the disk at once, which is waited for. */
function writeOver(file: string, text: string): void {
  const opened = openSync(file, 'r+');
  try {
    writeFileSync(opened, text);
    ftruncateSync(opened, Buffer.byteLength(text));
  } finally {
    closeSync(opened);
  }
}

const kind = 'slim';
const mostBytes = 64 * 2 ** 20;

/** Text by path. */
type Written = (readonly [path: string, text: string])[];

interface Changes {
  written: Written;
  removed: string[];
}
