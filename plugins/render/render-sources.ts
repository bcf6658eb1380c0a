import { posix } from 'node:path';
import { type JsonObject, listAt, oncePer } from '../base/index.ts';
import { cacheKey, unverifiedChart, unverifiedKustomization } from '../source/index.ts';
import { analyse } from './analysis/analyse.ts';
import type { Analysis } from './analysis/analysis.ts';
import { type Closures, openClosures } from './analysis/closure.ts';
import { tellSource } from './analysis/fetched-parts.ts';
import { generatedFile } from './analysis/generated-kustomization.ts';
import { openWork } from './build-work.ts';
import { findHelm } from './engines/run-helm.ts';
import { renderChart } from './helm/template.ts';
import { buildOne } from './kustomize/build-kustomization.ts';
import { fileFailure } from './kustomize/file-failure.ts';
import { nameOfChart } from './questions/asked-chart.ts';
import type { RenderPass } from './render-pass.ts';
import { isKustomization, type Repository } from './repository-files.ts';
import type { KustomizeRequest, RenderedObject, SourceBuild, SourceRequest } from './types.ts';

/** The same for requests that differ only in where they are written. */
export function requestKey(request: SourceRequest): string {
  const { origin: _, ...asked } = request;
  return cacheKey(asked);
}

/** Each different request once. */
export async function renderSources(
  requests: ReadonlyMap<string, SourceRequest>,
  pass: RenderPass,
): Promise<ReadonlyMap<string, SourceBuild>> {
  const needsHelm = [...requests.values()].some(({ type }) => type === 'Helm');
  const helm = needsHelm
    ? (pass.helm ?? (await findHelm(pass.cache, pass.repository.home, pass.engines.helm)))
    : undefined;
  if (helm !== undefined) pass.helm = helm;
  let done = 0;
  const { left } = pass.budget.take([...requests].map(([key, request]) => [key, workOf(request, pass)]));
  const answers = pass.answers.round([...requests.keys()]);
  const built = await Promise.all(
    [...requests].map(async ([key, request]): Promise<[string, SourceBuild][]> => {
      const why = left.get(key);
      const own = { ...pass, shared: pass, refusal: () => answers.refusal(key) };
      const result =
        why !== undefined
          ? leftOut(request, why)
          : request.type === 'Kustomize'
            ? await buildWithOptions(request, own)
            : helm &&
              (await renderChart(request, { ...own, store: pass.sources.store, helm }).catch(
                (error: unknown) =>
                  leftOut(request, `${fileFailure(error).message}; the next run tries again`),
              ));
      pass.onProgress?.(++done, requests.size);
      if (result === undefined) return [];
      answers.note(key, sizeOf(result));
      return [[key, tellSource(result, request, pass.repository)]];
    }),
  );
  const tooMuch = answers.close();
  return new Map(
    built.flat().map(([key, result]) => {
      const [why, request] = [tooMuch.get(key), requests.get(key)];
      return [key, why === undefined || request === undefined ? result : leftOut(request, why)];
    }),
  );
}

/** In characters, one object after another. */
function sizeOf({ objects }: SourceBuild): number {
  return sizeOfAll(objects);
}

const sizeOfAll = oncePer((objects: readonly RenderedObject[]): number =>
  objects.reduce((sum, { value }) => sum + JSON.stringify(value).length, 0),
);

/** What Helm does with a chart cannot be told from its files: only time bounds it. */
function workOf(request: SourceRequest, pass: RenderPass): number {
  if (request.type === 'Helm') return 0;
  const found = closuresOf(request, pass);
  return found === undefined ? 0 : openWork(found.closures, pass.repository)(request.directory);
}

function leftOut(request: SourceRequest, why: string): SourceBuild {
  const { directory, origin } = request;
  const unverified =
    request.type === 'Helm'
      ? unverifiedChart(nameOfChart(request), why, origin)
      : unverifiedKustomization(directory, why, origin);
  return { objects: [], inputs: [], unverified: [unverified], failure: null };
}

/** The folder with what its deployer adds to it, or with all that it lists where it has no kustomization. */
function closuresOf(
  request: KustomizeRequest,
  { repository, closures }: RenderPass,
): { analysis: Analysis; closures: Closures } | undefined {
  const { directory, resources, origin } = request;
  const file =
    resources === null ? repository.kustomizationIn(directory) : generatedFile(directory, resources, origin);
  if (file === undefined || !isKustomization(file)) return undefined;
  const options = withoutMissing(request.options, directory, repository);
  const analysis = analyse(file, repository, options);
  if (resources !== null) analysis.generated = file.documents[0]?.value ?? {};
  return { analysis, closures: openClosures(repository, [[directory, analysis]], closures) };
}

/**
 * The kustomization that its deployer would have edited or written, over a copy of its own; what it includes
 * is built (or kept) as for everybody.
 */
async function buildWithOptions(
  request: KustomizeRequest,
  pass: RenderPass,
): Promise<SourceBuild | undefined> {
  const { directory, resources } = request;
  const found = closuresOf(request, pass);
  if (found === undefined) return undefined;
  const { analysis, closures } = found;
  const { stage: _, ...shared } = pass;
  const own: RenderPass = { ...shared, closures, cluster: request.cluster };
  try {
    const { build, failure } = await buildOne(directory, own);
    const known = pass.closures.analysis(directory)?.diagnostics.length ?? 0;
    const missing = analysis.diagnostics.slice(known)[0] ?? null;
    const { inputs } = build;
    const unverified = [...build.unverified, ...build.unanswered];
    const objects =
      resources === null ? build.objects : build.objects.map((one) => without(analysis.file.path, one));
    return { objects, inputs, unverified, failure: failure ?? missing };
  } finally {
    await own.stage?.dispose();
  }
}

/** The way of an object, without a file that is nowhere. */
function without(path: string, { value, origin }: RenderedObject): RenderedObject {
  return { value, origin: { ...origin, via: origin.via.filter(({ file }) => file !== path) } };
}

/**
 * With `ignoreMissingComponents` only the components are added that are folders of the repository. Source:
 * `util/kustomize` of Argo CD, `kustomize` of fluxcd/pkg.
 */
function withoutMissing(options: JsonObject, directory: string, repository: Repository): JsonObject {
  if (options.ignoreMissingComponents !== true) return options;
  const components = listAt(options, 'components').filter(
    (one) => typeof one === 'string' && repository.isDirectory(posix.join(directory, one)),
  );
  return { ...options, components };
}
