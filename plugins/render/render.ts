import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { Cache, Diagnostic, Sources } from '../source/index.ts';
import { buildOnce, bytewise, type Run } from './build.ts';
import { type Closures, isBuildable, openClosures } from './closure.ts';
import { findEngine } from './engine.ts';
import { isKustomization, openRepository } from './repository.ts';
import type { Build, Rendered } from './types.ts';

/**
 * Builds every kustomization under the roots (a Component alone is none) with the real engine, over a copy without what needs a network or would
 * run something. What was built before from the same bytes comes from the cache, and nothing is started.
 * @throws EngineMissingError where there are kustomizations and no engine.
 */
export async function renderAll(sources: Sources, options: RenderOptions): Promise<Rendered> {
  const repository = openRepository(sources);
  const closures = openClosures(repository);
  const found = [...sources.files.values()].filter(isKustomization).map((file) => directoryOf(file.path));
  const directories = [...new Set(found)].sort(bytewise);
  const targets = directories.filter((directory) => isBuildable(closures.analysis(directory)));
  const diagnostics = directories.flatMap((directory) =>
    closures.closure(directory).analyses.flatMap((one) => one.diagnostics),
  );
  const builds = new Map<string, Build>();
  if (targets.length === 0) return { builds, diagnostics: distinct(diagnostics), engine: null };

  const engine = await findEngine(options.cache);
  const concurrency = Math.max(1, options.concurrency ?? Math.min(4, availableParallelism()));
  const run: Run = {
    ...{
      repository,
      closures,
      engine,
      cache: options.cache,
      limit: pLimit(concurrency),
      running: new Map(),
      memo: new Map(),
    },
    ...{ buildable: new Set(targets), tolerant: tolerantComponents(directories, closures) },
  };
  let done = 0;
  try {
    const results = await Promise.all(
      targets.map(async (directory) => {
        const result = await buildOnce(directory, run);
        options.onProgress?.(++done, targets.length);
        return [directory, result] as const;
      }),
    );
    for (const [directory, { build, failure }] of results) {
      builds.set(directory, build);
      if (failure !== null) diagnostics.push(failure);
    }
  } finally {
    await run.stage?.dispose();
  }
  for (const file of sources.files.values()) {
    const directory = directoryOf(file.path);
    if (isBrokenKustomization(file.path, file.role) && !builds.has(directory))
      builds.set(directory, unreadable(directory, file.path));
  }
  const ordered = new Map([...builds].sort(([a], [b]) => bytewise(a, b)));
  return { builds: ordered, diagnostics: distinct(diagnostics), engine: `kustomize ${engine.version}` };
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

function unreadable(directory: string, file: string): Build {
  return { directory, objects: [], inputs: [file], includes: [], unverified: [], failed: true };
}

function isBrokenKustomization(path: string, role: string): boolean {
  return role === 'broken' && /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path);
}

function distinct(diagnostics: Diagnostic[]): Diagnostic[] {
  const first = new Map<string, Diagnostic>();
  for (const one of diagnostics) if (!first.has(one.fingerprint)) first.set(one.fingerprint, one);
  return [...first.values()];
}

function directoryOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

export interface RenderOptions {
  cache: Cache;
  /** Engines at a time; default the processors, at most four. */
  concurrency?: number;
  onProgress?: (done: number, total: number) => void;
}
