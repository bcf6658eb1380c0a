/** A repository → its platform: configuration, sources, rendering, model, and the ways back to the files. */

import type { JsonPath } from '../base/index.ts';
import {
  buildModel,
  chartsOf,
  createLocator,
  createReferences,
  pathText,
  type Resource,
  undeployedBuilds,
} from '../model/index.ts';
import { lockMismatches } from '../render/index.ts';
import {
  type Cache,
  cacheDirectory,
  type DiagnosticSource,
  distinctDiagnostics,
  loadConfig,
  openCache,
  type Place,
  readCommit,
  readSources,
} from '../source/index.ts';
import { renderAndFind } from './render-and-find.ts';
import { settleProjects } from './settle-projects.ts';
import { settleRoutes } from './settle-routes.ts';
import type { Platform } from './types.ts';

/**
 * Reads a repository. Faults of its manifests are its diagnostics, or what its model finds; only a call or a
 * configuration that is wrong throws.
 * @throws ConfigError (exit code 2)
 */
export async function loadPlatform(options: LoadOptions): Promise<Platform> {
  const { config, diagnostics } = await loadConfig({
    root: options.root,
    docs: options.docs,
    config: options.config,
    home: options.copyOf?.home,
  });
  const cache: Cache =
    typeof options.cache === 'object'
      ? options.cache
      : openCache(options.cache === false ? null : cacheDirectory(config.home));
  const roots = [...config.layers.bootstrap, ...config.layers.gitops];
  const [sources, commit] = await Promise.all([
    readSources(config, { cache }),
    options.copyOf?.commit ?? readCommit(config.root, roots),
  ]);
  const {
    rendered,
    found,
    engines,
    diagnostics: faults,
  } = await renderAndFind(sources, config, {
    cache,
    onProgress: options.onProgress,
  });
  const model = buildModel({ sources, rendered, config, commit, found });
  await sources.remember();
  const byId = new Map(model.resources.map((resource) => [resource.id, resource]));
  const find = createLocator(sources, (id) => byId.get(id), chartsOf(found.found));
  const locate = (resource: Resource, path: JsonPath = []): Place => find(resource, path);
  const platform = settleProjects({
    config,
    sources,
    rendered,
    undeployed: undeployedBuilds(found),
    engines,
    wanted: found.wanted,
    wantedFiles: found.wantedFiles,
    diagnostics: distinctDiagnostics([
      ...diagnostics,
      ...faults,
      ...rendered.diagnostics,
      ...lockMismatches(sources.store, found.wanted, found.wantedFiles),
    ]),
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
  });
  return settleRoutes(platform);
}

export interface LoadOptions {
  /** Folder of the repository. */
  root: string;
  /** Folder of the pages, relative to the working directory. */
  docs?: string | undefined;
  config?: string | undefined;
  /** Where `root` is a copy of a commit: the repository that it is of, and the commit as it is shown. */
  copyOf?: { home: string; commit: string } | undefined;
  /** False: nothing is read from or written to disk but the repository. A cache: that of another platform. */
  cache?: boolean | Cache | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}
