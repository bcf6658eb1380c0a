import { readdirSync, rmSync, type Stats, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Keeps a cache bounded, once a day: what nobody has read for a month goes, and of the rest what was not read
 * for longest, until it fits. Another process that reads meanwhile finds an entry or makes it again.
 * @param now milliseconds; tests give another.
 */
export function pruneCache(directory: string, { bytes, now = Date.now() }: Bounds): void {
  const stamp = join(directory, 'pruned');
  const last = statOf(stamp);
  if (last !== undefined && now - last.mtimeMs < day) return;
  try {
    writeFileSync(stamp, '');
    utimesSync(stamp, now / 1000, now / 1000);
  } catch {
    // Where nothing can be written nothing grows.
    return;
  }
  let left = 0;
  const kept: Entry[] = [];
  for (const entry of entriesOf(directory)) {
    if (now - entry.used > (entry.isWhole ? 30 : 1) * day) rmSync(entry.path, { force: true });
    else {
      kept.push(entry);
      left += entry.size;
    }
  }
  if (left <= bytes) return;
  // To room for what comes next, or the next day's first run would do the same.
  for (const { path, size } of kept.sort((a, b) => a.used - b.used)) {
    if (left <= bytes * 0.75) return;
    rmSync(path, { force: true });
    left -= size;
  }
}

/** Says that an entry was read, where that was not said today. */
export function markUsed(path: string, { mtimeMs }: Pick<Stats, 'mtimeMs'>, now = Date.now()): void {
  if (now - mtimeMs < day) return;
  try {
    utimesSync(path, now / 1000, now / 1000);
  } catch {
    // Of a cache that is only read nothing goes.
  }
}

/** What the cache itself wrote: `kind/ab/abcd…`, and what a process that was killed left half-written. */
function* entriesOf(directory: string): Generator<Entry> {
  for (const kind of foldersOf(directory))
    for (const part of foldersOf(join(directory, kind))) {
      if (!/^[0-9a-f]{2}$/.test(part)) continue;
      const folder = join(directory, kind, part);
      for (const name of namesIn(folder)) {
        const [, half] = /^[0-9a-f]{64}(\.\d+\.[0-9a-f]{12})?$/.exec(name) ?? [];
        if (half === undefined && !/^[0-9a-f]{64}$/.test(name)) continue;
        const path = join(folder, name);
        const info = statOf(path);
        if (info?.isFile()) yield { path, size: info.size, used: info.mtimeMs, isWhole: half === undefined };
      }
    }
}

function foldersOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? one.name : []));
  } catch {
    return [];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

const day = 86_400_000;

interface Bounds {
  /** That all entries may have together. */
  bytes: number;
  now?: number;
}

interface Entry {
  path: string;
  size: number;
  /** Milliseconds when it was last written or read, to the day. */
  used: number;
  /** False of one that its writer never finished. */
  isWhole: boolean;
}
