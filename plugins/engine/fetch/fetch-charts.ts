/** What lies across a network → the lock and the store. The one part of the engine that uses a network. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { isTaken } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import {
  keyOfChart,
  type Lock,
  type LockedChart,
  lockName,
  type Store,
  storeOf,
  writeLock,
} from '../../source/index.ts';
import { type Asked, askedCharts } from './asked-charts.ts';
import { compareLock } from './compare-lock.ts';
import { type Pulled, pullChart, readLogins } from './pull-chart.ts';

/**
 * Brings what the manifests ask for, and what that asks for in turn, until nothing new is asked. What fails
 * costs only itself: the rest is kept, and what was locked before stays locked.
 * @param options.load reads the platform anew, as what was brought may hold more that deploys.
 */
export async function fetchCharts(options: FetchOptions): Promise<Fetched> {
  const fetched: Fetched = { brought: [], moved: [], kept: [], gone: [], failed: [], unlocked: [] };
  const tried = new Set<string>();
  const before = new Map<string, LockedChart>();
  for (let round = 0; round < maxRounds; round += 1) {
    const platform = await options.load();
    const { root } = platform.config;
    const old = platform.sources.store.lock;
    if (round === 0) for (const chart of old?.charts ?? []) before.set(keyOfChart(chart), chart);
    const asked = askedCharts(platform);
    const fresh = asked.filter((one) => !tried.has(keyOfChart(one)));
    if (round > 0 && fresh.length === 0) {
      if (options.mode !== 'locked') forget(old, asked, root, fetched);
      break;
    }
    for (const one of fresh) tried.add(keyOfChart(one));
    const lock = await bring(fresh, { ...options, platform, before }, fetched);
    if (options.mode === 'locked') continue;
    save(lock, old, root);
  }
  return fetched;
}

/** What nobody asks for any more goes, once all is read that may ask for it. */
function forget(lock: Lock | null, asked: readonly Asked[], root: string, fetched: Fetched): void {
  const { unused } = compareLock(lock, asked);
  if (lock === null || unused.length === 0 || fetched.failed.length > 0) return;
  fetched.gone = unused;
  save({ ...lock, charts: lock.charts.filter((one) => !unused.includes(one)) }, lock, root);
}

/** The lock as it becomes; what is brought is in the store then. */
async function bring(asked: readonly Asked[], run: Run, fetched: Fetched): Promise<Lock> {
  const { platform, mode, vendor, before } = run;
  const { store, root, home } = platform.sources;
  const old: Lock = store.lock ?? { vendor: null, charts: [] };
  const lock: Lock = { vendor: vendor === undefined ? old.vendor : vendor, charts: [...old.charts] };
  const target = storeOf(lock, root, home);
  const logins = await readLogins(run.helm, run);
  const limit = pLimit(parallel);
  let done = 0;
  await Promise.all(
    asked.map((one) =>
      limit(async () => {
        const locked = before.get(keyOfChart(one));
        const isMoving = mode === 'update' && (run.only.length === 0 || run.only.includes(one.chart));
        await take(one, isMoving ? undefined : locked, { ...run, logins, target, lock, store }, fetched);
        run.onProgress?.(++done, asked.length);
      }),
    ),
  );
  return lock;
}

async function take(
  one: Asked,
  locked: LockedChart | undefined,
  run: Taking,
  fetched: Fetched,
): Promise<void> {
  const { store, target, lock, mode } = run;
  if (locked === undefined && mode === 'locked') {
    fetched.unlocked.push(one);
    return;
  }
  if (locked !== undefined && holdsIt(locked, target, store)) {
    fetched.kept.push(locked);
    return;
  }
  const { repository, chart, asked } = one;
  const pulled = await pullChart({ repository, chart, version: locked?.version ?? asked }, run);
  if (!pulled.ok) {
    fetched.failed.push({ ...one, why: pulled.why, isOther: false });
    return;
  }
  if (locked !== undefined && pulled.sha256 !== locked.sha256) {
    fetched.failed.push({ ...one, why: othersWords(locked, pulled), isOther: true });
    return;
  }
  const { version, sha256 } = pulled;
  const found: LockedChart = locked ?? { repository, chart, asked, version, sha256, place: nowhere };
  if (!target.write(found, pulled.bytes)) {
    fetched.failed.push({ ...one, why: 'there is no place to keep it', isOther: false });
    return;
  }
  const was = run.before.get(keyOfChart(one));
  lock.charts = [...lock.charts.filter((other) => keyOfChart(other) !== keyOfChart(one)), found];
  if (was !== undefined && was.sha256 !== sha256) fetched.moved.push({ from: was, to: found });
  else if (was !== undefined && mode === 'update') fetched.kept.push(found);
  else fetched.brought.push(found);
}

/** Whether the content is here and is what the lock says; from another place of ours it is taken over. */
function holdsIt(chart: LockedChart, target: Store, store: Store): boolean {
  if (target.read(chart).bytes !== null) return true;
  const { bytes } = store.read(chart);
  return bytes !== null && target.write(chart, bytes);
}

function othersWords({ sha256, version }: LockedChart, pulled: Extract<Pulled, { ok: true }>): string {
  return `what the repository of charts calls ${version} now is another content: sha256 ${pulled.sha256} instead of ${sha256}`;
}

/** Whole or not at all; a repository that asks for nothing, and has no lock, gets none. */
function save(lock: Lock, old: Lock | null, root: string): void {
  const path = join(root, lockName);
  if (old === null && lock.charts.length === 0 && !isTaken(path)) return;
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, writeLock(lock));
    renameSync(own, path);
  } finally {
    rmSync(own, { force: true });
  }
}

const nowhere = { file: lockName, line: 1, column: 1, endLine: 1, endColumn: 1 };
/** Charts that bring applications of charts, deeper than this, are not followed. */
const maxRounds = 6;
const parallel = 4;

export interface FetchOptions {
  /** `locked` brings exactly what the lock says, and writes none; `update` asks anew. */
  mode: 'fill' | 'locked' | 'update';
  /** With `update`: names of the charts that move; all where there are none. */
  only: readonly string[];
  /** Folder of the repository that the content goes into; null for the store; undefined for as it is. */
  vendor: string | null | undefined;
  /** Path of Helm. */
  helm: string;
  /** Whether registries are asked without TLS. */
  plainHttp: boolean;
  root: string;
  /** Milliseconds that each is waited for. */
  limit: number;
  load(): Promise<Platform>;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

interface Run extends FetchOptions {
  platform: Platform;
  /** The lock as it was when all this began. */
  before: ReadonlyMap<string, LockedChart>;
}

interface Taking extends Run {
  logins: ReadonlyMap<string, string>;
  store: Store;
  target: Store;
  lock: Lock;
}

export interface Fetched {
  brought: LockedChart[];
  moved: { from: LockedChart; to: LockedChart }[];
  /** That were here. */
  kept: LockedChart[];
  /** That nobody asks for any more. */
  gone: LockedChart[];
  failed: FailedChart[];
  /** With `locked`: what the lock does not have. */
  unlocked: Asked[];
}

export interface FailedChart extends Asked {
  why: string;
  /** Whether it is another content than was locked. */
  isOther: boolean;
}
