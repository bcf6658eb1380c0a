/** Application → the objects that its sources give, as far as this repository and the renderer know them. */
import { posix } from 'node:path';
import { isObject, type JsonObject, type JsonPath, listAt, objectAt, textAt } from '../../../base/index.ts';
import { holdsPlaceholder, type Place, type Unverified } from '../../../source/index.ts';
import type { Deployment, DeploymentContext, Single } from '../../deployers/deployment-types.ts';
import { emptyDeployment, emptySingle } from '../../deployers/empty-deployment.ts';
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
  const deployment = emptyDeployment('Unknown', []);
  if ('error' in refs)
    deployment.errors.push({ error: refs.error, about: 'content', path: ['spec', 'sources'] });
  const owner: Owner = { application, refs: 'error' in refs ? new Map() : refs.refs, origin };
  for (const [index, raw] of written.entries()) {
    const source = normalizeSource(raw);
    const described = describe(source, context);
    const single = deploySource(source, described, owner, context);
    if (deployment.type === 'Unknown') deployment.type = single.type;
    deployment.sources.push(described);
    addSingle(deployment, single);
    if (isSettled(source, described.local || described.chart !== null, context))
      deployment.errors.push(...single.errors.map((one) => ({ ...one, path: pathOf(spec, index) })));
    else deployment.unverified.push(...single.errors.map(({ error }) => unverifiedSource(error, owner)));
  }
  // One source that fails fails them all; the files are still there, but nothing deploys them.
  return deployment.errors.length > 0 || deployment.refused
    ? { ...deployment, objects: [], directories: [], files: [] }
    : deployment;
}

/** What one source gives beside its errors, which may be faults or unknown. */
function addSingle(deployment: Deployment, single: Single): void {
  deployment.objects.push(...single.objects);
  deployment.directories.push(...single.directories);
  deployment.files.push(...single.files);
  deployment.reads.push(...single.reads);
  deployment.charts.push(...single.charts);
  deployment.unverified.push(...single.unverified);
  deployment.refused ||= single.refused;
  deployment.pending ||= single.pending;
}

function unverifiedSource(why: string, { application, origin }: Owner): Unverified {
  const name = textAt(application, 'metadata', 'name') ?? '';
  return { kind: 'source', what: `sources of ${name}`, why, origin };
}

/**
 * Whether an error of a source is certain. It is not where a set-up step fills something in, or where another
 * revision or repository is deployed, which may have what is missing here.
 */
function isSettled(source: JsonObject, isLocal: boolean, { repository }: DeploymentContext): boolean {
  return (
    isLocal &&
    !holdsPlaceholder(JSON.stringify(source)) &&
    repository.isRead(textAt(source, 'targetRevision') ?? '')
  );
}

/** The path in the Application of the source with this index. */
function pathOf(spec: JsonObject, index: number): JsonPath {
  if (isObject(spec.sourceHydrator)) return ['spec', 'sourceHydrator', 'drySource'];
  return listAt(spec, 'sources').some(isObject) ? ['spec', 'sources', index] : ['spec', 'source'];
}

/** `sourceHydrator` over `sources` over `source`, as Argo CD chooses. */
export function sourcesOf(spec: JsonObject): JsonObject[] {
  if (isObject(spec.sourceHydrator)) return [objectAt(spec.sourceHydrator, 'drySource')];
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
  const { repoURL, path, chart, targetRevision, ref } = described;
  const single = emptySingle(chart === null ? 'Unknown' : 'Helm');
  if (chart !== null) {
    const asked = { repository: repoURL, chart, asked: targetRevision || null };
    return deployFetched(asked, source, single, owner, context);
  }
  if (path === null) {
    // That such a spec is invalid is told with what else is wrong with it.
    if (ref === null)
      single.unverified.push(unverifiedSource('a source has neither `path` nor `chart`', owner));
    return single;
  }
  if (described.local) return deployPath(path, source, described, single, owner, context);
  const across = deployTree(source, path, single, owner, context, deployFolder);
  if (!('hint' in across)) return across;
  const artifact = repoURL.startsWith('oci://') ? 'it is an OCI artifact' : undefined;
  single.unverified.push({
    kind: 'repository',
    what: `path ${path} of ${repoURL}`,
    ...elsewhere(across.hint, artifact),
    origin: owner.origin,
  });
  return single;
}

/** A path of this repository. */
function deployPath(
  path: string,
  source: JsonObject,
  { targetRevision }: ApplicationSource,
  single: Single,
  owner: Owner,
  context: DeploymentContext,
): Single {
  const { repository } = context;
  const { origin } = owner;
  const folder = folderOf(path);
  if (!repository.isRead(targetRevision ?? ''))
    single.unverified.push({
      kind: 'revision',
      what: `path ${folder} at ${targetRevision}`,
      why: 'the application deploys that revision; what is shown is the working tree',
      origin,
    });
  if (folder !== null && !path.startsWith('/')) {
    if (repository.directories.has(folder)) return deployFolder(folder, source, single, owner, context);
    if (!repository.covers(folder)) {
      const why = 'it lies outside the manifest folders that are read';
      single.unverified.push({ kind: 'path', what: `path ${path}`, why, origin });
      return single;
    }
  }
  const error = `the path \`${path}\` ${whyNoFolder(path, folder, context)}`;
  single.errors.push({ error, about: 'path' });
  return single;
}

function whyNoFolder(path: string, folder: string | null, { paths }: DeploymentContext): string {
  if (path.startsWith('/')) return 'is absolute';
  if (folder === null) return 'leaves the repository';
  return paths.has(folder) ? 'is a file, not a folder' : 'does not exist in this repository';
}

/** A folder that exists, in this repository or in one that was fetched. */
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
    single.errors.push({ error: changed.error, about: 'content' });
    return single;
  }
  const effective = changed.source;
  const detected = detectType(effective, names, context.enabled);
  if ('error' in detected) {
    single.errors.push({ error: detected.error, about: 'content' });
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
