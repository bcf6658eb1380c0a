/** Application → the objects that its sources give, as far as this repository and the renderer know them. */
import { posix } from 'node:path';
import type { Origin, Rendered } from '../../render/index.ts';
import {
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  type Place,
  type SourceFile,
  type Sources,
  textAt,
  type Unverified,
} from '../../source/index.ts';
import type { ApplicationSource, SourceType } from '../types.ts';
import type { Repository } from './repository.ts';
import { detectType, normalizeSource, selectFiles } from './source-type.ts';

/** The objects of every source, in order. What needs the network, another repository or a chart is in `unverified`. */
export function deploymentOf(spec: JsonObject, origin: Place, context: DeploymentContext): Deployment {
  const written = sourcesOf(spec);
  const deployment: Deployment = {
    sources: [],
    type: 'Unknown',
    objects: [],
    directories: [],
    files: [],
    unverified: [],
    errors: [],
  };
  for (const [index, raw] of written.entries()) {
    const source = normalizeSource(raw);
    const described = describe(source, context);
    deployment.sources.push(described);
    const single = deploySource(source, described, origin, context);
    if (index === 0 || deployment.type === 'Unknown') deployment.type = single.type;
    deployment.objects.push(...single.objects);
    deployment.directories.push(...single.directories);
    deployment.files.push(...single.files);
    deployment.unverified.push(...single.unverified);
    deployment.errors.push(...single.errors);
  }
  return deployment;
}

/** `sourceHydrator` over `sources` over `source`, as Argo CD chooses. */
export function sourcesOf(spec: JsonObject): JsonObject[] {
  const hydrator = spec.sourceHydrator;
  if (isObject(hydrator)) {
    const dry = objectAt(hydrator, 'drySource');
    return [dry];
  }
  const several = listAt(spec, 'sources').filter(isObject);
  if (several.length > 0) return several;
  return isObject(spec.source) ? [spec.source] : [];
}

function describe(source: JsonObject, context: DeploymentContext): ApplicationSource {
  const path = textAt(source, 'path') ?? null;
  const chart = textAt(source, 'chart') || null;
  const url = textAt(source, 'repoURL') ?? '';
  const folder = path === null ? null : folderOf(path);
  return {
    repoURL: url,
    path,
    chart,
    targetRevision: textAt(source, 'targetRevision') ?? null,
    ref: textAt(source, 'ref') ?? null,
    local:
      chart === null &&
      context.repository.isLocal(url, () => folder !== null && context.repository.directories.has(folder)),
  };
}

function deploySource(
  source: JsonObject,
  described: ApplicationSource,
  origin: Place,
  context: DeploymentContext,
): Single {
  const single: Single = {
    type: 'Unknown',
    objects: [],
    directories: [],
    files: [],
    unverified: [],
    errors: [],
  };
  const unknown = (what: string, why: string): Single => {
    single.unverified.push({ what, why, origin });
    return single;
  };
  if (described.chart !== null) {
    single.type = 'Helm';
    return unknown(
      `helm chart ${described.chart} ${described.targetRevision ?? ''}`.trim(),
      `it comes from \`${described.repoURL}\``,
    );
  }
  if (described.path === null) {
    if (described.ref !== null) return single;
    single.errors.push('a source has neither `path` nor `chart`');
    return single;
  }
  if (!described.local) {
    return unknown(`path ${described.path} of ${described.repoURL}`, 'it is another repository');
  }
  const folder = folderOf(described.path);
  if (isPinned(described.targetRevision)) {
    single.unverified.push({
      what: `path ${folder} at ${described.targetRevision}`,
      why: 'the application deploys that revision; what is shown is the working tree',
      origin,
    });
  }
  if (folder === null || !context.repository.directories.has(folder)) {
    if (folder !== null && !context.repository.covers(folder)) {
      return unknown(`path ${described.path}`, 'it lies outside the manifest folders that are read');
    }
    single.errors.push(`the path \`${described.path}\` does not exist in this repository`);
    return single;
  }
  const names = context.filesIn(folder);
  const override = names.find((name) => /^\.argocd-source(-.*)?\.yaml$/.test(name));
  if (override !== undefined) {
    single.unverified.push({
      what: `${folder}/${override}`,
      why: 'its changes to the source are not applied',
      origin,
    });
  }
  const detected = detectType(source, names);
  if ('error' in detected) {
    single.errors.push(detected.error);
    return single;
  }
  single.type = detected.type;
  if (detected.type === 'Kustomize') return deployBuild(folder, source, single, origin, context);
  if (detected.type === 'Directory')
    return deployDirectory(folder, objectAt(source, 'directory'), names, single, origin, context);
  return unknown(`${detected.type === 'Helm' ? 'helm chart' : 'plugin'} at ${folder}`, 'it is not rendered');
}

function deployBuild(
  folder: string,
  source: JsonObject,
  single: Single,
  origin: Place,
  context: DeploymentContext,
): Single {
  const build = context.rendered.builds.get(folder);
  if (!build) {
    single.unverified.push({ what: `kustomization ${folder}`, why: 'it was not built', origin });
    return single;
  }
  single.directories.push(folder);
  single.objects.push(
    ...build.objects.map(({ value, origin: from }) => ({ value, origin: from, kustomized: true })),
  );
  single.unverified.push(...build.unverified);
  const options = Object.keys(objectAt(source, 'kustomize'))
    .filter((key) => key !== 'version')
    .sort();
  if (options.length > 0) {
    single.unverified.push({
      what: `\`kustomize\` options of the application: ${options.join(', ')}`,
      why: 'Argo CD adds them to the kustomization; what is shown is without them',
      origin,
    });
  }
  return single;
}

function deployDirectory(
  folder: string,
  directory: JsonObject,
  names: readonly string[],
  single: Single,
  origin: Place,
  context: DeploymentContext,
): Single {
  for (const name of selectFiles(names, directory)) {
    const file = context.sources.files.get(folder === '.' ? name : `${folder}/${name}`);
    if (!file) continue;
    if (name.endsWith('.jsonnet')) {
      single.unverified.push({ what: `jsonnet ${file.path}`, why: 'jsonnet is not evaluated', origin });
      continue;
    }
    if (file.text.includes('+argocd:skip-file-rendering')) continue;
    single.files.push(file.path);
    single.objects.push(...objectsOf(file));
  }
  return single;
}

/** The objects of a file, as written. Argo CD leaves out what has no kind. */
export function objectsOf(file: SourceFile): DeployedObject[] {
  return file.documents
    .filter(({ value }) => textAt(value, 'kind') !== undefined && textAt(value, 'apiVersion') !== undefined)
    .map((document) => ({
      value: document.value,
      origin: { ...document.place, document: document.index, via: [] },
      kustomized: false,
    }));
}

/** A path of a source, relative to the root; null where it leaves it. */
function folderOf(path: string): string | null {
  const folder = posix.normalize(path.replace(/^\/+/, '')).replace(/\/+$/, '') || '.';
  return folder === '..' || folder.startsWith('../') ? null : folder;
}

/** A tag or commit; a branch or HEAD is taken for the one that is read. */
function isPinned(revision: string | null): boolean {
  return revision !== null && /^(v?\d+\.\d+(\.\d+)?([-+].*)?|[0-9a-f]{40})$/.test(revision);
}

interface Single {
  type: SourceType;
  objects: DeployedObject[];
  directories: string[];
  files: string[];
  unverified: Unverified[];
  errors: string[];
}

export interface DeployedObject {
  value: JsonObject;
  origin: Origin;
  /** True where an engine rendered it. */
  kustomized: boolean;
}
export interface Deployment extends Single {
  sources: ApplicationSource[];
}
export interface DeploymentContext {
  sources: Sources;
  rendered: Rendered;
  repository: Repository;
  /** Files under a folder, relative to it. */
  filesIn(folder: string): readonly string[];
}
