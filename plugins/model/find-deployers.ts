/** What deploys something of a platform, and what it asks of an engine. */

import { type JsonObject, objectAt, oncePer, whileSame } from '../base/index.ts';
import type { Build, Rendered, RenderedObject, SourceRequest } from '../render/index.ts';
import { type Config, filesUnder, pathsOf, type Sources, type Unverified } from '../source/index.ts';
import { appliedCharts } from './applied-charts.ts';
import { listDirectories } from './argocd/sets/directories.ts';
import type { Limits } from './argocd/sets/room.ts';
import { projectHomes } from './argocd/sources/instance-name.ts';
import { createRepository } from './argocd/sources/local-repository.ts';
import { enabledTypes } from './argocd/sources/source-type.ts';
import { valueSchemesOf } from './argocd/sources/value-files.ts';
import { plainObjects, rootBuilds } from './collect-entries.ts';
import type { Clusters } from './deployers/clusters.ts';
import type { DeployedObject, DeploymentContext } from './deployers/deployment-types.ts';
import { type Discovery, discover } from './deployers/discover.ts';
import type { WantedFile, WantedTree } from './deployers/fetched-tree.ts';
import { createKnownObjects, type KnownObjects } from './deployers/known-objects.ts';
import { builtObjects } from './deployers/rendered-source.ts';
import { syncedObjects } from './flux/instance-sync.ts';
import { identityOf } from './identity.ts';
import { locateOrigin } from './locate-path.ts';
import { ofKinds } from './of-kinds.ts';
import { fillPlaceholders } from './placeholders.ts';
import { readableText } from './readable-text.ts';
import { createUndeployed } from './undeployed.ts';

/**
 * The deployers of the sources, and what they ask of an engine that has not been rendered yet. Rendering
 * that may show more of them, so this is done again until nothing is asked.
 * @param limits of what sets may give and what may be deployed; default what a run has.
 */
export function findDeployers(input: SearchInput & { clusters: Clusters }, limits?: Limits): Found {
  const { config, clusters } = input;
  const { sources, rendered } = fillPlaceholders(input, config.values ?? {});
  const isUndeployed = createUndeployed(sources);
  const roots = sameRoots(rendered.builds, [sources, config], () =>
    rootBuilds(rendered, config).filter(({ directory }) => !isUndeployed(directory)),
  );
  const repository = createRepository(config, sources);
  const requests = new Map<string, SourceRequest>();
  const folders = new Set<string>();
  const asked = new Set<string>();
  const ask: DeploymentContext['ask'] = (key, request) => {
    asked.add(key);
    const made = rendered.sourceBuilds.get(key);
    if (made === undefined && !requests.has(key)) requests.set(key, request);
    return made;
  };
  const { objects: applied, unverified } = appliedCharts({ config, sources, clusters, ask });
  const built = roots.flatMap(({ objects }) => builtObjects(objects));
  const files = samePlain(rendered.builds, [sources], () => plainObjects(sources, rendered));
  const written = [...files, ...applied];
  const plain = [...written, ...syncedObjects([...built, ...written], sources)];
  const every = [plain, ...objectsOf(rendered.builds), ...objectsOf(rendered.sourceBuilds)];
  const objects = createKnownObjects(() => ofKinds(every, lookedUp));
  const values = new Set<string>();
  const wanted: WantedTree[] = [];
  const wantedFiles: WantedFile[] = [];
  const settings = settingsIn(ofKinds(every, ['ConfigMap']));
  const found = discover([...built, ...plain], {
    sources,
    rendered,
    ask,
    folders,
    repository,
    clusters,
    enabled: enabledTypes(settings),
    ...valueSchemesOf(settings),
    homes: projectHomes(ofKinds(every, ['AppProject'])),
    objects,
    filesIn: filesUnder(sources),
    fileAt: (path) => sources.files.get(path),
    mount: '',
    wanted,
    wantedFiles,
    buildOf: (folder) => rendered.builds.get(folder),
    paths: setOf(pathsOf(sources)),
    directories: directoriesOf(pathsOf(sources)),
    files: pathsOf(sources),
    textOf: (file) => {
      values.add(file);
      return readableText(sources, file);
    },
    fileGlobs: 'pathspec',
    fixtures: config.generators ?? { clusters: null, sets: {} },
    isLocal: repository.isLocal,
    covers: repository.covers,
    locate: (object, path) => locateOrigin(sources, object.origin, object.value, path),
    limits,
  });
  return {
    ...{ found, roots, plain, applied, unverified, objects, requests, folders, asked, values },
    wanted,
    wantedFiles,
  };
}

// Most rounds show no other builds.
const sameRoots = whileSame<Rendered['builds'], Build[]>();
const samePlain = whileSame<Rendered['builds'], DeployedObject[]>();

// The very same as long as no file comes or goes, so that what is made of them stays.
const setOf = oncePer((paths: readonly string[]): ReadonlySet<string> => new Set(paths));
const directoriesOf = oncePer(listDirectories);

/** Kinds that Flux looks up by their names. */
const lookedUp = new Set([
  'ArtifactGenerator',
  'Bucket',
  'ConfigMap',
  'ExternalArtifact',
  'GitRepository',
  'HelmChart',
  'HelmRepository',
  'OCIRepository',
  'Secret',
]);

/** The data of argocd-cm. */
function settingsIn(maps: Iterable<RenderedObject>): JsonObject {
  for (const { value } of maps) {
    const { group, name } = identityOf(value);
    if (group === '' && name === 'argocd-cm') return objectAt(value, 'data');
  }
  return {};
}

function objectsOf(builds: ReadonlyMap<string, Pick<Build, 'objects'>>): RenderedObject[][] {
  return [...builds.values()].map(({ objects }) => objects);
}

export interface SearchInput {
  sources: Sources;
  rendered: Rendered;
  config: Config;
}

/** What deploys, and the objects that it was looked for in. */
export interface Found {
  found: Discovery;
  roots: Build[];
  /** With what is made of the charts that the configuration names, and of Flux's instances. */
  plain: DeployedObject[];
  /** Of those what the charts make. */
  applied: DeployedObject[];
  /** What of those charts is not known. */
  unverified: Unverified[];
  /** Of the kinds that Flux looks up. */
  objects: KnownObjects;
  /** Files that generators of sets read their parameters from. */
  values: ReadonlySet<string>;
  /** By their `requestKey`. */
  requests: Map<string, SourceRequest>;
  /** Kustomizations whose own build is asked for, and that only others were built that include them. */
  folders: ReadonlySet<string>;
  /** Keys of all that an engine is asked for, rendered or not. */
  asked: ReadonlySet<string>;
  /** What is asked of other repositories, whether or not it is here. */
  wanted: readonly WantedTree[];
  /** And of addresses of single files. */
  wantedFiles: readonly WantedFile[];
}
