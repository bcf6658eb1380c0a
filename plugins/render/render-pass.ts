import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { compareText } from '../base/index.ts';
import type { Cache, Sources } from '../source/index.ts';
import type { Run } from './build-kustomization.ts';
import { type Closures, isBuildable, openClosures } from './closure.ts';
import { isKustomization, openRepository } from './repository-files.ts';

/** What the builds of these sources share; `joinRun` finds it again for what is asked later. */
export function openRun(sources: Sources, options: RenderOptions): Run {
  const repository = openRepository(sources);
  const closures = openClosures(repository);
  const found = [...sources.files.values()].filter(isKustomization).map((file) => directoryOf(file.path));
  const directories = [...new Set(found)].sort(compareText);
  const run: Run = {
    repository,
    closures,
    directories,
    cache: options.cache,
    limit: pLimit(Math.max(1, options.concurrency ?? Math.min(4, availableParallelism()))),
    running: new Map(),
    memo: new Map(),
    buildable: new Set(directories.filter((directory) => isBuildable(closures.analysis(directory)))),
    tolerant: tolerantComponents(directories, closures),
  };
  runs.set(sources, run);
  return run;
}

export function joinRun(sources: Sources, options: RenderOptions): Run {
  return runs.get(sources) ?? openRun(sources, options);
}

/** Gives back what a run holds while it works. */
export async function rest(run: Run): Promise<void> {
  const { stage } = run;
  delete run.stage;
  run.memo.clear();
  await stage?.dispose();
}

function tolerantComponents(directories: string[], closures: Closures): Set<string> {
  const tolerant = new Set<string>();
  for (const directory of directories) {
    const closure = closures.closure(directory);
    if (!closure.incomplete) continue;
    for (const one of closure.analyses)
      for (const { directory: component } of one.components) tolerant.add(component);
  }
  return tolerant;
}

export function directoryOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

export interface RenderOptions {
  cache: Cache;
  /** Engines at a time; default the processors, at most four. */
  concurrency?: number;
  onProgress?: (done: number, total: number) => void;
}

const runs = new WeakMap<Sources, Run>();
