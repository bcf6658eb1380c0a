import { cacheKey, type Sources } from '../source/index.ts';
import { analyse } from './analyse.ts';
import { buildOnce, type Run } from './build-kustomization.ts';
import { openClosures } from './closure.ts';
import { joinRun, type RenderOptions, rest } from './render-run.ts';
import { isKustomization } from './repository-files.ts';
import { findHelm } from './run-helm.ts';
import { renderChart } from './template.ts';
import type { KustomizeRequest, SourceBuild, SourceRequest } from './types.ts';

/** The same for requests that differ only in where they are written. */
export function requestKey(request: SourceRequest): string {
  const { origin: _, ...asked } = request;
  return cacheKey(asked);
}

/**
 * Renders what Applications say of their sources, each different request once: charts by Helm, kustomizations with the Application's options.
 * What was rendered before from the same bytes comes from the cache.
 * @throws EngineMissingError where something is asked and its engine is missing.
 */
export async function renderSources(
  sources: Sources,
  requests: ReadonlyMap<string, SourceRequest>,
  options: RenderOptions,
): Promise<Map<string, SourceBuild>> {
  const run = joinRun(sources, options);
  const needsHelm = [...requests.values()].some(({ type }) => type === 'Helm');
  const helm = needsHelm ? (run.helm ?? (await findHelm(run.cache))) : undefined;
  if (helm !== undefined) run.helm = helm;
  let done = 0;
  const built = await Promise.all(
    [...requests].map(async ([key, request]): Promise<[string, SourceBuild][]> => {
      const result =
        request.type === 'Kustomize'
          ? await buildWithOptions(request, run)
          : helm && (await renderChart(request, { ...run, helm }));
      options.onProgress?.(++done, requests.size);
      return result === undefined ? [] : [[key, result]];
    }),
  );
  await rest(run);
  return new Map(built.flat());
}

/** The kustomization that Argo CD would have edited, over a copy of its own; what it includes is built (or kept) as for everybody. */
async function buildWithOptions(request: KustomizeRequest, run: Run): Promise<SourceBuild | undefined> {
  const { directory } = request;
  const file = run.repository.kustomizationIn(directory);
  if (file === undefined || !isKustomization(file)) return undefined;
  const analysis = analyse(file, run.repository, request.options);
  const running = new Map(run.running);
  running.delete(directory);
  const { stage: _, ...shared } = run;
  const own: Run = { ...shared, closures: openClosures(run.repository, [[directory, analysis]]), running };
  try {
    const { build, failure } = await buildOnce(directory, own);
    const known = run.closures.analysis(directory)?.diagnostics.length ?? 0;
    const missing = analysis.diagnostics.slice(known)[0] ?? null;
    const { objects, inputs, unverified } = build;
    return { objects, inputs, unverified, failure: failure ?? missing };
  } finally {
    await own.stage?.dispose();
  }
}
