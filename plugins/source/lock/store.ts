import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { compareText, digestOf, entryAt, isInside, realAsFar, realOf } from '../../base/index.ts';
import { type Cache, cacheKey } from '../cache/cache.ts';
import { cacheDirectory } from '../cache/cache-directory.ts';
import {
  type AskedChart,
  type AskedTree,
  keyOfChart,
  keyOfTree,
  type Lock,
  type LockedChart,
  type LockedFile,
  type LockedTree,
  readLock,
} from './lock-file.ts';
import { largestFile, readTree, type TreeFiles, treeDigest, writeTree } from './tree-files.ts';
import { unpackChart } from './unpack-chart.ts';

/**
 * What was fetched for a repository: found through its lock alone, and never from a network. The content
 * lies in the user's store, by its digest, or in the folder of the repository that the lock names.
 * @param home where the repository itself lies, where `root` is a copy of one of its commits.
 * @param options.ahead what is looked at instead of its lock.
 * @throws ConfigError where the lock cannot be read.
 */
export async function openStore(
  root: string,
  home: string,
  { cache, ahead }: { cache?: Cache | undefined; ahead?: Ahead | undefined } = {},
): Promise<OpenStore> {
  const store = storeOf(ahead?.lock ?? readLock(root), root, home, ahead?.folder);
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

/**
 * The same with a lock that is not written yet.
 * @param ahead a folder that takes what is written in the place of the store, and is looked into before it.
 */
export function storeOf(lock: Lock | null, root: string, home: string, ahead?: string): Store {
  const byKey = new Map((lock?.charts ?? []).map((one) => [keyOfChart(one), one]));
  const trees = new Map((lock?.trees ?? []).map((one) => [keyOfTree(one), one]));
  const files = new Map((lock?.files ?? []).map((one) => [one.url, one]));
  const placeOf = (name: string, kept: string): string | null => {
    if (ahead !== undefined && entryAt(join(ahead, kept)) !== undefined) return join(ahead, kept);
    if (lock?.vendor !== null && lock?.vendor !== undefined) return vendored(root, lock.vendor, name);
    const store = storeDirectory(home);
    return store === null ? null : join(store, kept);
  };
  const writtenAt = (name: string, kept: string): string | null =>
    ahead === undefined ? placeOf(name, kept) : join(ahead, kept);
  const namesOfChart = (chart: LockedChart) => [vendoredChart(chart), `${chart.sha256}.tgz`] as const;
  const namesOfTree = (tree: LockedTree) => [vendoredTree(tree), join('git', tree.sha256)] as const;
  const namesOfFile = (file: LockedFile) => [vendoredFile(file), join('files', file.sha256)] as const;
  const pathOf = (chart: LockedChart): string | null => placeOf(...namesOfChart(chart));
  const folderOf = (tree: LockedTree): string | null => placeOf(...namesOfTree(tree));
  const pathOfFile = (file: LockedFile): string | null => placeOf(...namesOfFile(file));
  const opened = new Map<string, OpenTree>();
  const open = (locked: LockedTree): OpenTree => {
    const folder = folderOf(locked);
    const content = folder === null ? null : readTree(folder);
    if (folder === null || content === null) return { found: null, tree: null };
    const found = treeDigest(content);
    if (found !== locked.sha256) return { found, tree: null };
    return { found, tree: { locked, folder, mount: mountOf(locked), paths: new Set(content.keys()) } };
  };
  return {
    lock,
    find: (asked) => byKey.get(keyOfChart(asked)),
    findTree: (asked) => trees.get(keyOfTree(asked)),
    tree(locked) {
      const key = keyOfTree(locked);
      const known = opened.get(key) ?? open(locked);
      opened.set(key, known);
      return known;
    },
    filesOf(locked) {
      const folder = folderOf(locked);
      const content = folder === null ? null : readTree(folder);
      return content !== null && treeDigest(content) === locked.sha256 ? content : null;
    },
    writeTree(locked, content) {
      const folder = writtenAt(...namesOfTree(locked));
      if (folder === null) return false;
      mkdirSync(dirname(folder), { recursive: true });
      writeTree(folder, content);
      opened.delete(keyOfTree(locked));
      return true;
    },
    findFile: (url) => files.get(url),
    file(locked) {
      const path = pathOfFile(locked);
      const entry = path === null ? undefined : entryAt(path);
      if (path === null || !entry?.isFile() || entry.size > largestFile) return { found: null, path: null };
      const found = digestOf(readFileSync(path));
      return { found, path: found === locked.sha256 ? path : null };
    },
    bytesOf(locked) {
      const { path } = this.file(locked);
      return path === null ? null : readFileSync(path);
    },
    writeFile: (locked, bytes) => writeWhole(writtenAt(...namesOfFile(locked)), bytes),
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
    write: (chart, bytes) => writeWhole(writtenAt(...namesOfChart(chart)), bytes),
  };
}

function writeWhole(path: string | null, bytes: Uint8Array): boolean {
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
}

/**
 * Where the files of a tree stand among those of the repository, to whoever renders them: a folder that is
 * none of the repository, named by the content, so that nothing that is kept depends on where it lies.
 */
function mountOf({ sha256 }: LockedTree): string {
  return `.fetched/${sha256}`;
}

/** With the user's caches; null where those lie in the repository that is read. */
function storeDirectory(home: string): string | null {
  const cache = cacheDirectory(home);
  return cache === null ? null : join(cache, 'store');
}

/** Folders of the repository that hold files of others. */
export function vendoredFolders(lock: Lock | null): string[] {
  if (lock === null || lock.vendor === null) return [];
  const names = [...lock.trees.map(vendoredTree), ...(lock.files.length > 0 ? ['files'] : [])];
  const { vendor } = lock;
  return names.map((name) => posix.join(vendor, name)).sort(compareText);
}

/**
 * Takes out of the repository what one lock kept there and the next keeps elsewhere or no more, so that
 * nobody reads the files of others as this repository's. What is not what was locked is somebody's: it stays.
 */
export function clearVendored(old: Lock, next: Lock, root: string): void {
  if (old.vendor === null) return;
  const { vendor } = old;
  const store = storeOf(old, root, root);
  const kept = new Set(next.vendor === vendor ? vendoredNames(next) : []);
  const isOurs = new Map<string, () => boolean>([
    ...old.charts.map((one) => [vendoredChart(one), () => store.read(one).bytes !== null] as const),
    ...old.trees.map((one) => [vendoredTree(one), () => store.filesOf(one) !== null] as const),
    ...old.files.map((one) => [vendoredFile(one), () => store.bytesOf(one) !== null] as const),
  ]);
  for (const [name, isLocked] of isOurs) {
    const path = kept.has(name) ? null : vendored(root, vendor, name);
    if (path !== null && isLocked()) rmSync(path, { recursive: true, force: true });
  }
}

/** Where content is kept in the repository: paths of charts and files, and folders. */
export function vendoredPaths(lock: Lock | null): string[] {
  const { vendor = null } = lock ?? {};
  return lock === null || vendor === null ? [] : vendoredNames(lock).map((name) => posix.join(vendor, name));
}

/** Of all content in the folder that it is vendored into. */
function vendoredNames({ charts, trees, files }: Lock): string[] {
  return [...charts.map(vendoredChart), ...trees.map(vendoredTree), ...files.map(vendoredFile)];
}

/** Something of the repository; null where it leads elsewhere. */
function vendored(root: string, folder: string, name: string): string | null {
  const path = join(root, folder, name);
  return isInside(root, path) && isInside(realOf(root), realAsFar(path)) ? path : null;
}

/** The name that people know it by. */
function vendoredChart({ chart, version, sha256 }: LockedChart): string {
  return `${/^[\w.+-]+$/.test(`${chart}-${version}`) ? `${chart}-${version}` : sha256}.tgz`;
}

function vendoredFile({ sha256 }: LockedFile): string {
  return join('files', sha256);
}

function vendoredTree({ repository, commit, sha256 }: LockedTree): string {
  const name = /([\w-][\w.-]*?)(?:\.git)?$/.exec(repository)?.[1] ?? 'repository';
  return `${name}-${commit.slice(0, 12)}-${sha256.slice(0, 8)}`;
}

/** Bytes of a packed chart; a release of Helm is at most a megabyte in the cluster. */
export const largestPacked = 64 * 2 ** 20;

/** A lock that is not written, and the folder that what it adds lies in. */
export interface Ahead {
  lock: Lock;
  folder: string;
}

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
  /** What the lock says of a Git repository at a revision. */
  findTree(asked: Omit<AskedTree, 'paths'>): LockedTree | undefined;
  /** What was taken of it, where it is what the lock says; read and compared once. */
  tree(locked: LockedTree): OpenTree;
  /** The files themselves, if they are what the lock says. */
  filesOf(locked: LockedTree): TreeFiles | null;
  writeTree(locked: LockedTree, content: TreeFiles): boolean;
  /** What the lock says of a file at an address of its own. */
  findFile(url: string): LockedFile | undefined;
  /** Where it lies, if it is what the lock says. */
  file(locked: LockedFile): { found: string | null; path: string | null };
  bytesOf(locked: LockedFile): Buffer | null;
  writeFile(locked: LockedFile, bytes: Uint8Array): boolean;
}

/** The digest of what lies in the place of a tree, and the tree where that is the one that is locked. */
interface OpenTree {
  found: string | null;
  tree: Tree | null;
}

/** Files of a commit of another repository. */
export interface Tree {
  locked: LockedTree;
  /** Where they lie. */
  folder: string;
  /** What their paths begin with where they stand among those of the repository. */
  mount: string;
  /** Below the root of their own repository. */
  paths: ReadonlySet<string>;
}

/** With what is in the charts. */
export interface OpenStore extends Store {
  /** Paths of the files of a chart whose content is here. */
  files(chart: LockedChart): ReadonlySet<string>;
}
