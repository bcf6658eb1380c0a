/** What lies across a network → the lock and the store. The one part of the engine that uses a network. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { isTaken, temporaryFolder } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import {
  type Ahead,
  clearVendored,
  emptyLock,
  isArtifact,
  type Lock,
  lockName,
  readLock,
  storeOf,
  writeLock,
} from '../../source/index.ts';
import { chartKind } from './chart-kind.ts';
import { fileKind } from './file-kind.ts';
import { type Clone, openClone } from './git-clone.ts';
import { openArtifact } from './open-artifact.ts';
import type { Asked, Fetched, FetchOptions, LockedPart, PartKind } from './part-kind.ts';
import { openPart } from './part-run.ts';
import { readLogins } from './pull-chart.ts';
import { treeKind } from './tree-kind.ts';

/**
 * Brings what the manifests ask for, and what that asks for in turn, until nothing new is asked. What fails
 * costs only itself: the rest is kept, and what was locked before stays locked.
 * @param options.load reads the platform anew, as what was brought may hold more that deploys.
 */
export async function fetchParts(options: FetchOptions): Promise<Fetched> {
  const fetched: Fetched = {
    ...{ brought: [], following: [], moved: [], kept: [], gone: [], failed: [], unlocked: [] },
    ...{ unnamed: [], names: [] },
  };
  const clones = new Map<string, Clone>();
  const cloneOf = (repository: string): Clone => {
    const clone = clones.get(repository) ?? open(repository, options);
    clones.set(repository, clone);
    return clone;
  };
  let known: ReturnType<typeof readLogins> | null = null;
  const logins = () => {
    known ??= options.helm().then((helm) => readLogins(helm, options));
    return known;
  };
  const parts = openParts();
  // What only looks ahead keeps what it brings for as long as it looks.
  const folder = options.isDry ? temporaryFolder('ahead') : null;
  let ahead: Ahead | undefined;
  let settled: Platform | undefined;
  const before = options.isDry ? null : readLock(options.root);
  try {
    for (let round = 0; round < maxRounds; round += 1) {
      const platform = await options.load(ahead);
      const { store, root, home } = platform.sources;
      const old = store.lock ?? emptyLock;
      if (round === 0) {
        for (const part of parts) part.start(old);
        fetched.names = parts.flatMap((part) => part.names(platform, old));
        fetched.unnamed = options.only.filter((name) => !fetched.names.includes(name));
        if (fetched.unnamed.length > 0) return fetched;
      }
      const vendor = options.vendor === undefined ? old.vendor : options.vendor;
      const state = { lock: { ...old, vendor }, fetched };
      const target = storeOf(state.lock, root, home, folder?.path);
      const taking = { ...options, cloneOf, logins, store, target, isFirst: round === 0 };
      const works = parts.flatMap((part) => part.works(platform, taking, state));
      if (round > 0 && works.length === 0) {
        settled = platform;
        break;
      }
      await doAll(works, options);
      if (folder !== null) ahead = { lock: state.lock, folder: folder.path };
      else if (options.mode !== 'locked') save(state.lock, store.lock, root);
    }
    for (const part of parts) part.tell();
    if (settled !== undefined && options.mode !== 'locked' && fetched.failed.length === 0)
      forget(settled, fetched, options);
    if (before !== null) clearVendored(before, readLock(options.root) ?? emptyLock, options.root);
  } finally {
    for (const clone of clones.values()) await clone.dispose();
    await folder?.dispose();
  }
  return fetched;
}

function open(repository: string, options: FetchOptions): Clone {
  return isArtifact({ repository })
    ? { ...openArtifact(repository, options), dispose: () => Promise.resolve() }
    : openClone(repository, options);
}

/** A row a kind of what lies across a network. */
function openParts() {
  return [openPart(chartKind), openPart(treeKind), openPart(fileKind)];
}

/** What the manifests ask for and the lock has not, and what it has and nobody asks for. */
export function compareLock(platform: Platform): Difference {
  const lock = platform.sources.store.lock ?? emptyLock;
  return {
    missing: [
      ...missingOf(chartKind, lock, platform),
      ...missingOf(treeKind, lock, platform),
      ...missingOf(fileKind, lock, platform),
    ],
    unused: openParts().flatMap((part) => part.unused(lock, platform).unused),
  };
}

function missingOf<Wanted, Locked>(kind: PartKind<Wanted, Locked>, lock: Lock, platform: Platform): Wanted[] {
  const locked = new Map(kind.lockedIn(lock).map((one) => [kind.keyOf(one), one]));
  return kind.asked(platform).filter((one) => {
    const found = locked.get(kind.keyOf(one));
    return found === undefined || !kind.covers(found, one);
  });
}

async function doAll(works: readonly (() => Promise<void>)[], { onProgress }: FetchOptions): Promise<void> {
  const limit = pLimit(parallel);
  let done = 0;
  await Promise.all(
    works.map((work) =>
      limit(async () => {
        await work();
        onProgress?.(++done, works.length);
      }),
    ),
  );
}

/** What nobody asks for any more goes, once all is read that may ask for it. */
function forget(platform: Platform, fetched: Fetched, { isDry }: FetchOptions): void {
  const { lock: old } = platform.sources.store;
  if (old === null) return;
  let lock = old;
  for (const part of openParts()) {
    const left = part.unused(lock, platform);
    fetched.gone.push(...left.unused);
    lock = left.lock;
  }
  if (fetched.gone.length > 0 && !isDry) save(lock, old, platform.config.root);
}

/** Whole or not at all; a repository that asks for nothing, and has no lock, gets none. */
function save(lock: Lock, old: Lock | null, root: string): void {
  const path = join(root, lockName);
  const isEmpty = lock.charts.length + lock.trees.length + lock.files.length === 0;
  if (old === null && isEmpty && !isTaken(path)) return;
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, writeLock(lock));
    renameSync(own, path);
  } finally {
    rmSync(own, { force: true });
  }
}

/** What asks for more in turn, as charts of applications and schemas do, is not followed deeper than this. */
const maxRounds = 12;
const parallel = 4;

export interface Difference {
  missing: Asked[];
  unused: LockedPart[];
}
