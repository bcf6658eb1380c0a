/** A repository → its platform: configuration, sources, rendering, model, and the ways back to the files. */

import { counted, isUnder } from '../base/index.ts';
import { buildModel, type ListedCharts, listCharts, undeployedBuilds } from '../model/index.ts';
import { lockMismatches, lookForEngines, type Standby } from '../render/index.ts';
import {
  type Ahead,
  type Cache,
  type Config,
  cacheDirectory,
  distinctDiagnostics,
  gatherFiles,
  ignoredByGit,
  loadConfig,
  openCache,
  openStore,
  parseSources,
  readCommit,
  sparseFiles,
  type Unverified,
} from '../source/index.ts';
import { assemble, type Made } from './assemble.ts';
import { renderAndFind } from './render-and-find.ts';
import { settleProjects } from './settle-projects.ts';
import { settleRoutes } from './settle-routes.ts';
import { openSnapshot } from './snapshot.ts';
import type { Platform } from './types.ts';

/**
 * Reads a repository. Faults of its manifests are its diagnostics, or what its model finds; only a call or a
 * configuration that is wrong throws.
 * @throws ConfigError (exit code 2)
 */
export async function loadPlatform(options: LoadOptions): Promise<Platform> {
  const config = await loadConfig({
    root: options.root,
    docs: options.docs,
    config: options.config,
    home: options.copyOf?.home,
  });
  const cache: Cache =
    typeof options.cache === 'object'
      ? options.cache
      : openCache(options.cache === false ? null : cacheDirectory(config.home));
  const committed =
    options.copyOf?.commit ??
    options.commit ??
    readCommit(config.root, [...config.layers.bootstrap, ...config.layers.gitops]);
  const store = await openStore(config.root, config.home, { cache, ahead: options.ahead });
  const gathered = gatherFiles(config, options.before?.sources.gathered, options.touched);
  const isKept = options.isKept !== false;
  // A result for a lock that is not written yet, or one that will soon be replaced, is not kept.
  const snapshot = options.ahead || !isKept ? null : openSnapshot(config, { gathered, store, cache });
  const recalled = (await snapshot?.recall()) ?? null;
  if (recalled !== null) {
    const { made, sources } = recalled;
    made.model.commit = await committed;
    return assemble({ ...made, unread: () => made.unread, config, sources, cache });
  }
  lookForEngines(gathered, config.engines, { cache, home: config.home });
  const sources = await parseSources(gathered, store, config, {
    ...{ cache, isKept },
    before: options.before?.sources,
  });
  const {
    rendered,
    found,
    engines,
    outputs,
    diagnostics: faults,
  } = await renderAndFind(sources, config, {
    cache: snapshot?.cache ?? cache,
    before: options.before?.outputs,
    standby: options.standby,
    outside: snapshot?.outside,
    ignoredOf: snapshot?.ignoredOf ?? ((paths) => ignoredByGit(config, paths)),
    onProgress: options.onProgress,
  });
  found.unverified.push(...(await leftOutBySparse(config)));
  const charts = listCharts(found.found);
  const settled = settleProjects(
    assemble({
      config,
      sources,
      rendered,
      undeployed: undeployedBuilds(found),
      engines,
      outputs,
      wanted: found.wanted,
      wantedFiles: found.wantedFiles,
      diagnostics: distinctDiagnostics([
        ...faults,
        ...rendered.diagnostics,
        ...lockMismatches(sources.store, found.wanted, found.wantedFiles),
      ]),
      ...buildModel({
        ...{ sources, rendered, config, commit: await committed, found },
        before: options.before?.resource,
      }),
      cache,
      charts,
    }),
  );
  const platform = settleRoutes(settled);
  if (isKept) await sources.remember();
  await snapshot?.keep(madeOf(platform, charts), sources);
  return platform;
}

/** Manifests that a sparse checkout leaves out: what they declare is not known. */
async function leftOutBySparse(config: Config): Promise<Unverified[]> {
  const roots = [...config.layers.bootstrap, ...config.layers.gitops];
  const left = (await sparseFiles(config)).filter(
    (file) => /\.ya?ml$/.test(file) && roots.some((root) => isUnder(root.replace(/\/+$/, ''), file)),
  );
  if (left.length === 0) return [];
  const what = counted(left.length, 'manifest');
  const why = `the sparse checkout leaves ${left.length === 1 ? 'it' : 'them'} out`;
  return [{ kind: 'file', what, why, origin: null }];
}

function madeOf(
  { model, unread, rendered, undeployed, engines, wanted, wantedFiles, diagnostics }: Platform,
  charts: ListedCharts,
): Made {
  return {
    ...{ model, rendered, undeployed, engines, wanted, wantedFiles, diagnostics, charts },
    unread: unread(),
  };
}

export interface LoadOptions {
  /** Folder of the repository. */
  root: string;
  /** Folder of the pages, relative to the working directory. */
  docs?: string | undefined;
  config?: string | undefined;
  /** Where `root` is a copy of a commit: the repository it was copied from, and the commit as it is shown. */
  copyOf?: { home: string; commit: string } | undefined;
  /** The commit as it is shown, where that is known already and Git need not be asked. */
  commit?: string | undefined;
  /**
   * False: nothing but the repository is read from disk, and nothing is written. A cache: that of another
   * platform.
   */
  cache?: boolean | Cache | undefined;
  /** False: the result is not kept for the next run. */
  isKept?: boolean | undefined;
  /** The same repository as this process read it before. */
  before?: Pick<Platform, 'sources' | 'outputs' | 'resource'> | undefined;
  /** Keeps an engine started between two readings. */
  standby?: Standby | undefined;
  /** The only files, by their paths from the root, that have changed since then: no other file is read. */
  touched?: readonly string[] | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** The lock to use instead of that of the repository, before it is written. */
  ahead?: Ahead | undefined;
}
