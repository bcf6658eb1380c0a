/** A repository → its platform: configuration, sources, rendering, model, and the ways back to the files. */

import type { JsonPath } from '../base/index.ts';
import type { Resource } from '../model/index.ts';
import {
  type BuildInput,
  buildModel,
  createLocator,
  createReferences,
  type Found,
  findApplications,
  pathText,
} from '../model/index.ts';
import { type RenderOptions, renderAll, renderSources } from '../render/index.ts';
import {
  type Cache,
  type DiagnosticSource,
  defaultCacheDirectory,
  loadConfig,
  openCache,
  type Place,
  readCommit,
  readSources,
} from '../source/index.ts';
import type { Platform } from './index.ts';

/**
 * Reads a repository. Faults of its manifests are diagnostics of the model; only a call or a configuration that is wrong throws.
 * @throws ConfigError (exit code 2)
 */
export async function loadPlatform(options: LoadOptions): Promise<Platform> {
  const { config, diagnostics } = await loadConfig({
    root: options.root,
    docs: options.docs,
    config: options.config,
  });
  const cache: Cache = openCache(options.cache === false ? null : defaultCacheDirectory(config.root));
  const roots = [...config.layers.bootstrap, ...config.layers.gitops];
  const [sources, commit] = await Promise.all([
    readSources(config, { cache }),
    readCommit(config.root, roots),
  ]);
  const progress = options.onProgress ? { onProgress: options.onProgress } : {};
  const rendered = await renderAll(sources, { cache, ...progress });
  const input = { sources, rendered, config, commit };
  const model = buildModel({ ...input, found: await renderWhatIsAsked(input, { cache, ...progress }) });
  model.diagnostics.unshift(...diagnostics);
  await sources.remember();
  const byId = new Map(model.resources.map((resource) => [resource.id, resource]));
  const find = createLocator(sources, (id) => byId.get(id));
  const locate = (resource: Resource, path: JsonPath = []): Place => find(resource, path);
  return {
    config,
    sources,
    rendered,
    model,
    cache,
    ...createReferences(model.resources),
    resource: (id) => byId.get(id),
    locate,
    sourceOf: (resource: Resource, role: string, path: JsonPath = []): DiagnosticSource => ({
      ...locate(resource, path),
      resource: resource.id,
      path: path.length === 0 ? null : pathText(path),
      role,
      via: resource.origin.via,
    }),
  };
}

/** What a chart or a changed kustomization renders may hold Applications that ask for more; each round follows one level of them. */
async function renderWhatIsAsked(input: BuildInput, options: RenderOptions): Promise<Found> {
  const { sources, rendered } = input;
  let found = findApplications(input);
  for (let round = 0; found.requests.size > 0 && round < maxRounds; round += 1) {
    const built = await renderSources(sources, found.requests, options);
    rendered.sourceBuilds = new Map([...(rendered.sourceBuilds ?? []), ...built]);
    const known = new Set(rendered.diagnostics.map(({ fingerprint }) => fingerprint));
    for (const { failure } of built.values()) {
      if (failure !== null && !known.has(failure.fingerprint)) rendered.diagnostics.push(failure);
      if (failure !== null) known.add(failure.fingerprint);
    }
    found = findApplications(input);
  }
  return found;
}

const maxRounds = 10;

export interface LoadOptions {
  /** Folder of the repository. */
  root: string;
  /** Folder of the pages, relative to the working directory. */
  docs?: string | undefined;
  config?: string | undefined;
  /** False: nothing is read from or written to disk but the repository. */
  cache?: boolean | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}
