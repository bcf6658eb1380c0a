/** Application → the objects that its sources give, as far as this repository and the renderer know them. */
import { posix } from 'node:path';
import { isObject, type JsonObject, type JsonPath, listAt, objectAt, textAt } from '../../../base/index.ts';
import { holdsPlaceholder, type Place, type Reason } from '../../../source/index.ts';
import type { Deployment, DeploymentContext, Single } from '../../deployers/deployment-types.ts';
import { elsewhere } from '../../deployers/fetched-tree.ts';
import type { ApplicationSource } from '../../types.ts';
import { deployDirectory } from './deploy-directory.ts';
import { deployBuild, deployChart } from './deploy-engine.ts';
import { deployFetched } from './deploy-fetched.ts';
import { deployTree } from './deploy-tree.ts';
import { instanceNameOf } from './instance-name.ts';
import { refsOf } from './local-refs.ts';
import type { Owner } from './owner.ts';
import { mergeSource, overrideNames } from './source-override.ts';
import { detectType, normalizeSource } from './source-type.ts';

/**
 * The objects of every source, in order. What needs the network, another repository or a chart is in
 * `unverified`.
 */
export function deploymentOf(application: JsonObject, origin: Place, context: DeploymentContext): Deployment {
  const spec = objectAt(application, 'spec');
  const written = sourcesOf(spec);
  const refs = refsOf(written, origin, context);
  const deployment: Deployment = {
    sources: [],
    type: 'Unknown',
    objects: [],
    directories: [],
    files: [],
    reads: [],
    charts: [],
    unverified: [],
    refused: false,
    pending: false,
    errors: [],
  };
  if ('error' in refs) deployment.errors.push({ error: refs.error, path: ['spec', 'sources'] });
  for (const [index, raw] of written.entries()) {
    const source = normalizeSource(raw);
    const described = describe(source, context);
    deployment.sources.push(described);
    const single = deploySource(
      source,
      described,
      { application, refs: 'error' in refs ? new Map() : refs.refs, origin },
      context,
    );
    if (index === 0 || deployment.type === 'Unknown') deployment.type = single.type;
    deployment.objects.push(...single.objects);
    deployment.directories.push(...single.directories);
    deployment.files.push(...single.files);
    deployment.reads.push(...single.reads);
    deployment.charts.push(...single.charts);
    deployment.unverified.push(...single.unverified);
    deployment.refused ||= single.refused;
    deployment.pending ||= single.pending;
    if (isSettled(source, described.local || described.chart !== null, context))
      deployment.errors.push(...single.errors.map((error) => ({ error, path: pathOf(spec, index) })));
    else
      deployment.unverified.push(
        ...single.errors.map((why) => ({
          kind: 'source' as const,
          what: `sources of ${textAt(application, 'metadata', 'name') ?? ''}`,
          why,
          origin,
        })),
      );
  }
  // One source that fails fails them all; the files are still there, but nothing deploys them.
  return deployment.errors.length > 0 || deployment.refused
    ? { ...deployment, objects: [], directories: [], files: [] }
    : deployment;
}

/**
 * False where a set-up step fills something in, or another revision is deployed, of this repository or of
 * another: what is wrong here may be right there.
 */
function isSettled(source: JsonObject, isLocal: boolean, { repository }: DeploymentContext): boolean {
  return (
    isLocal &&
    !holdsPlaceholder(JSON.stringify(source)) &&
    repository.isRead(textAt(source, 'targetRevision') ?? '')
  );
}

/** Where the source of a number is written. */
function pathOf(spec: JsonObject, index: number): JsonPath {
  if (isObject(spec.sourceHydrator)) return ['spec', 'sourceHydrator', 'drySource'];
  return listAt(spec, 'sources').some(isObject) ? ['spec', 'sources', index] : ['spec', 'source'];
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
  owner: Owner,
  context: DeploymentContext,
): Single {
  const { origin } = owner;
  const single: Single = {
    type: 'Unknown',
    objects: [],
    directories: [],
    files: [],
    reads: [],
    charts: [],
    unverified: [],
    refused: false,
    pending: false,
    errors: [],
  };
  const unknown = (kind: 'repository' | 'path', what: string, reason: Reason): Single => {
    single.unverified.push({ kind, what, ...reason, origin });
    return single;
  };
  if (described.chart !== null) {
    single.type = 'Helm';
    const asked = {
      repository: described.repoURL,
      chart: described.chart,
      asked: described.targetRevision || null,
    };
    return deployFetched(asked, source, single, owner, context);
  }
  if (described.path === null) {
    if (described.ref !== null) return single;
    // That the spec is not valid is told with what else of it is not.
    single.unverified.push({
      kind: 'source',
      what: `sources of ${textAt(owner.application, 'metadata', 'name') ?? ''}`,
      why: 'a source has neither `path` nor `chart`',
      origin,
    });
    return single;
  }
  if (!described.local) {
    const across = deployTree(source, described.path, single, owner, context, deployFolder);
    if (!('hint' in across)) return across;
    const isArtifact = described.repoURL.startsWith('oci://');
    return unknown(
      'repository',
      `path ${described.path} of ${described.repoURL}`,
      elsewhere(across.hint, isArtifact ? 'it is an OCI artifact' : undefined),
    );
  }
  const folder = folderOf(described.path);
  if (!context.repository.isRead(described.targetRevision ?? '')) {
    single.unverified.push({
      kind: 'revision',
      what: `path ${folder} at ${described.targetRevision}`,
      why: 'the application deploys that revision; what is shown is the working tree',
      origin,
    });
  }
  if (described.path.startsWith('/')) {
    single.errors.push(`the path \`${described.path}\` is absolute`);
    return single;
  }
  if (folder === null) {
    single.errors.push(`the path \`${described.path}\` leaves the repository`);
    return single;
  }
  if (!context.repository.directories.has(folder)) {
    if (!context.repository.covers(folder)) {
      return unknown('path', `path ${described.path}`, {
        why: 'it lies outside the manifest folders that are read',
      });
    }
    single.errors.push(
      context.paths.has(folder)
        ? `the path \`${described.path}\` is a file, not a folder`
        : `the path \`${described.path}\` does not exist in this repository`,
    );
    return single;
  }
  return deployFolder(folder, source, single, owner, context);
}

/** A folder that is there, of this repository or of one that was fetched. */
function deployFolder(
  folder: string,
  source: JsonObject,
  single: Single,
  owner: Owner,
  context: DeploymentContext,
): Single {
  const { origin } = owner;
  const names = context.filesIn(folder);
  const changed = withOverrides(source, folder, names, owner, context);
  if ('error' in changed) {
    single.errors.push(changed.error);
    return single;
  }
  const effective = changed.source;
  const detected = detectType(effective, names, context.enabled);
  if ('error' in detected) {
    single.errors.push(detected.error);
    return single;
  }
  single.type = detected.type;
  if (detected.type === 'Kustomize') return deployBuild(folder, effective, single, owner, context);
  if (detected.type === 'Directory')
    return deployDirectory(folder, objectAt(effective, 'directory'), names, single, origin, context);
  if (detected.type === 'Helm') return deployChart(folder, effective, single, owner, context);
  single.unverified.push({
    kind: 'plugin',
    what: `plugin at ${folder}`,
    why: 'a config management plugin is a program: it is never run',
    origin,
  });
  return single;
}

/** The source after the `.argocd-source` files of its folder. */
function withOverrides(
  source: JsonObject,
  folder: string,
  names: readonly string[],
  { application }: Owner,
  context: DeploymentContext,
): { source: JsonObject } | { error: string } {
  let result = source;
  for (const name of overrideNames(instanceNameOf(application, context.homes))) {
    if (!names.includes(name)) continue;
    const path = folder === '.' ? name : `${folder}/${name}`;
    const merged = mergeSource(result, context.fileAt(path)?.text ?? '');
    if ('error' in merged) return { error: `\`${path}\` cannot be applied: ${merged.error}` };
    result = normalizeSource(merged.source);
  }
  return { source: result };
}

/** A path of a source, relative to the root; null where it leaves it. */
function folderOf(path: string): string | null {
  const folder = posix.normalize(path.replace(/^\/+/, '')).replace(/\/+$/, '') || '.';
  return folder === '..' || folder.startsWith('../') ? null : folder;
}
