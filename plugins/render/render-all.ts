import { compareText } from '../base/index.ts';
import type { EarlyDiagnostic, Sources } from '../source/index.ts';
import { buildOnce } from './build-kustomization.ts';
import { findEngine } from './find-engine.ts';
import { directoryOf, openRun, type RenderOptions, rest } from './render-run.ts';
import type { Build, Rendered } from './types.ts';

/**
 * Builds every kustomization under the roots (a Component alone is none) with the real engine, over a copy without what needs a network or would
 * run something. What was built before from the same bytes comes from the cache, and nothing is started.
 * @throws EngineMissingError where there are kustomizations and no engine.
 */
export async function renderAll(sources: Sources, options: RenderOptions): Promise<Rendered> {
  const run = openRun(sources, options);
  const targets = [...run.buildable];
  const diagnostics = run.directories.flatMap((directory) =>
    run.closures.closure(directory).analyses.flatMap((one) => one.diagnostics),
  );
  const builds = new Map<string, Build>();
  if (targets.length === 0) return { builds, diagnostics: distinct(diagnostics), engine: null };

  const engine = await findEngine(options.cache);
  run.engine = engine;
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
    await rest(run);
  }
  for (const file of sources.files.values()) {
    const directory = directoryOf(file.path);
    if (isBrokenKustomization(file.path, file.role) && !builds.has(directory))
      builds.set(directory, unreadable(directory, file.path));
  }
  const ordered = new Map([...builds].sort(([a], [b]) => compareText(a, b)));
  return { builds: ordered, diagnostics: distinct(diagnostics), engine: `kustomize ${engine.version}` };
}

function unreadable(directory: string, file: string): Build {
  return { directory, objects: [], inputs: [file], includes: [], unverified: [], failed: true };
}

function isBrokenKustomization(path: string, role: string): boolean {
  return role === 'broken' && /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path);
}

function distinct(diagnostics: EarlyDiagnostic[]): EarlyDiagnostic[] {
  const first = new Map<string, EarlyDiagnostic>();
  for (const one of diagnostics) if (!first.has(one.fingerprint)) first.set(one.fingerprint, one);
  return [...first.values()];
}
