import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareText, digestOf, entryAt, isInside, realAsFar, realOf } from '../../base/index.ts';
import { type Cache, cacheKey } from '../cache.ts';
import { cacheDirectory } from '../cache-directory.ts';
import { type AskedChart, keyOfChart, type Lock, type LockedChart, readLock } from './lock-file.ts';
import { unpackChart } from './unpack-chart.ts';

/**
 * What was fetched for a repository: found through its lock alone, and never from a network. The content
 * lies in the user's store, by its digest, or in the folder of the repository that the lock names.
 * @param home where the repository itself lies, where `root` is a copy of one of its commits.
 * @throws ConfigError where the lock cannot be read.
 */
export async function openStore(root: string, home: string, cache?: Cache): Promise<OpenStore> {
  const store = storeOf(readLock(root), root, home);
  const names = new Map<string, ReadonlySet<string>>();
  for (const chart of store.lock?.charts ?? [])
    if (store.holds(chart)) names.set(chart.sha256, await namesIn(chart, store, cache));
  return { ...store, files: ({ sha256 }) => names.get(sha256) ?? new Set() };
}

/** Of content that is not what the lock says, or is no chart, there are none; who renders it tells why. */
async function namesIn(chart: LockedChart, store: Store, cache?: Cache): Promise<ReadonlySet<string>> {
  const key = cacheKey('names', chart.sha256);
  const kept = await cache?.get('chart', key);
  if (kept !== undefined) return new Set(JSON.parse(kept) as string[]);
  const { bytes } = store.read(chart);
  if (bytes === null) return new Set();
  const names = await unpackChart(bytes).then(
    (files) => [...files.keys()].sort(compareText),
    () => [],
  );
  await cache?.set('chart', key, JSON.stringify(names));
  return new Set(names);
}

/** The same with a lock that is not written yet. */
export function storeOf(lock: Lock | null, root: string, home: string): Store {
  const byKey = new Map((lock?.charts ?? []).map((one) => [keyOfChart(one), one]));
  const pathOf = (chart: LockedChart): string | null => {
    if (lock?.vendor !== null && lock?.vendor !== undefined) return vendored(root, lock.vendor, chart);
    const store = storeDirectory(home);
    return store === null ? null : join(store, `${chart.sha256}.tgz`);
  };
  return {
    lock,
    find: (asked) => byKey.get(keyOfChart(asked)),
    path: pathOf,
    holds(chart) {
      const path = pathOf(chart);
      return path !== null && entryAt(path)?.isFile() === true;
    },
    read(chart) {
      const path = pathOf(chart);
      const entry = path === null ? undefined : entryAt(path);
      if (path === null || !entry?.isFile() || entry.size > largestPacked)
        return { found: null, bytes: null };
      const bytes = readFileSync(path);
      const found = digestOf(bytes);
      return found === chart.sha256 ? { found, bytes } : { found, bytes: null };
    },
    write(chart, bytes) {
      const path = pathOf(chart);
      if (path === null) return false;
      mkdirSync(dirname(path), { recursive: true });
      const own = `${path}.${process.pid}`;
      try {
        writeFileSync(own, bytes, { mode: 0o644 });
        renameSync(own, path);
      } finally {
        rmSync(own, { force: true });
      }
      return true;
    },
  };
}

/** With the user's caches; null where those lie in the repository that is read. */
function storeDirectory(home: string): string | null {
  const cache = cacheDirectory(home);
  return cache === null ? null : join(cache, 'store');
}

/** A file of the repository, under the name that people know it by; null where it leads elsewhere. */
function vendored(root: string, folder: string, { chart, version, sha256 }: LockedChart): string | null {
  const name = /^[\w.+-]+$/.test(`${chart}-${version}`) ? `${chart}-${version}` : sha256;
  const path = join(root, folder, `${name}.tgz`);
  return isInside(root, path) && isInside(realOf(root), realAsFar(path)) ? path : null;
}

/** Bytes of a packed chart; a release of Helm is at most a megabyte in the cluster. */
export const largestPacked = 64 * 2 ** 20;

export interface Store {
  lock: Lock | null;
  /** What the lock says of a chart. */
  find(asked: AskedChart): LockedChart | undefined;
  /** Where its content belongs; null where there is no such place. */
  path(chart: LockedChart): string | null;
  /** Whether something lies where its content belongs. */
  holds(chart: LockedChart): boolean;
  /** The content, where it is what the lock says; else null, and the digest of what lies there. */
  read(chart: LockedChart): { found: string | null; bytes: Buffer | null };
  /** Puts content in its place; false where there is none. */
  write(chart: LockedChart, bytes: Buffer): boolean;
}

/** With what is in the charts. */
export interface OpenStore extends Store {
  /** Paths of the files of a chart whose content is here. */
  files(chart: LockedChart): ReadonlySet<string>;
}
