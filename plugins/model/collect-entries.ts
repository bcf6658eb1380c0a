/** Rendered objects and plain files → the resources of the platform, each once. */

import { addTo, compareText, type JsonObject, objectAt, oncePer, textAt, whileSame } from '../base/index.ts';
import type { Build, Rendered } from '../render/index.ts';
import { type Config, namedPaths, type SourceFile, type Sources } from '../source/index.ts';
import { objectsOf } from './argocd/sources/deploy-directory.ts';
import type { DeployedObject } from './deployers/deployment-types.ts';
import { builtObjects } from './deployers/rendered-source.ts';
import type { Entry } from './entry-types.ts';
import { identityOf } from './identity.ts';
import { saidBy } from './said-by.ts';
import type { Scopes } from './scope.ts';
import type { LayerName } from './types.ts';
import { createUndeployed } from './undeployed.ts';

/** Groups of files that look like objects and are never applied to a cluster. */
const notApplied = new Set([
  'apiserver.config.k8s.io',
  'audit.k8s.io',
  'backstage.io',
  'builtin',
  'chainsaw.kyverno.io',
  'cli.kyverno.io',
  'config.kubernetes.io',
  'eksctl.io',
  'k3d.io',
  'kind.x-k8s.io',
  'kubeadm.k8s.io',
  'kubelet.config.k8s.io',
  'kubescheduler.config.k8s.io',
  'kustomize.config.k8s.io',
  'scaffolder.backstage.io',
  'skaffold',
]);

/** True for a group whose objects are a tool's own files. */
export function isNotApplied(group: string): boolean {
  return notApplied.has(group);
}

/** True for an object that could be applied; false for a patch, a fragment or the configuration of a tool. */
export const isApplicable = oncePer((value: JsonObject): boolean => {
  const { apiVersion, group, kind, name } = identityOf(value);
  if (!/^([a-z0-9.-]+\/)?v\d+((alpha|beta)\d+)?$/i.test(apiVersion) || kind === '' || name === '')
    return false;
  // A name that a template engine has still to fill in is nobody's.
  if (isNotApplied(group) || value.$patch !== undefined || /\{\{|\{%/.test(name)) return false;
  return textAt(value, 'metadata', 'annotations', 'config.kubernetes.io/local-config') !== 'true';
});

/**
 * Kustomizations that nothing else includes: what somebody applies by hand, or an application by its path.
 * What the configuration says is applied comes first, then bootstrap's. A failed build hides nothing of what
 * it includes.
 */
export function rootBuilds(rendered: Rendered, config: Config): Build[] {
  const included = new Set<string>();
  for (const build of rendered.builds.values())
    if (!build.failed) for (const directory of build.includes) included.add(directory);
  const builds = [...rendered.builds.values()].filter((build) => !included.has(build.directory));
  const applied = new Set(config.deploy?.map(({ path }) => path));
  const rank = (build: Build): number =>
    (layerOf(`${build.directory}/`, config) === 'bootstrap' ? 0 : 1) +
    (build.failed ? 2 : 0) -
    (applied.has(build.directory) ? 4 : 0);
  return builds.sort((a, b) => rank(a) - rank(b) || compareText(a.directory, b.directory));
}

/** Objects of the files that no kustomization names: plain manifests. */
export function plainObjects(sources: Sources, rendered: Rendered): DeployedObject[] {
  const used = new Set<string>();
  for (const build of rendered.builds.values()) for (const input of build.inputs) used.add(input);
  // Components and kustomizations that failed name their inputs too: those are no plain manifests either.
  for (const file of sources.files.values())
    if (file.role === 'kustomization') for (const path of namedPaths(file)) used.add(path);
  const isUndeployed = createUndeployed(sources);
  const objects: DeployedObject[] = [];
  for (const file of sources.files.values()) {
    if (file.role !== 'manifest' || used.has(file.path) || isUndeployed(file.path)) continue;
    objects.push(...wholeObjects(file));
  }
  return objects;
}

const wholeObjects = oncePer((file: SourceFile) => objectsOf(file).filter(({ value }) => !isFragment(value)));

/**
 * A patch that no kustomization lists any more looks like an object without what its kind cannot do without.
 */
function isFragment(value: JsonObject): boolean {
  const { group, kind } = identityOf(value);
  const spec = objectAt(value, 'spec');
  if (group === 'argoproj.io' && kind === 'ApplicationSet')
    return !Array.isArray(spec.generators) || spec.template === undefined;
  if (group === 'argoproj.io' && kind === 'Application') return spec.destination === undefined;
  if (group === 'apps' && kind !== 'ControllerRevision')
    return spec.selector === undefined || spec.template === undefined;
  if (group === 'batch' && kind === 'Job') return spec.template === undefined;
  if (group === 'batch' && kind === 'CronJob') return spec.jobTemplate === undefined;
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease')
    return spec.chart === undefined && spec.chartRef === undefined;
  if (group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization')
    return spec.sourceRef === undefined;
  return false;
}

/**
 * Every object that is deployed, once for each that deploys it, else as the outermost build gives it.
 *
 * @param undeployed the builds that nothing deploys.
 */
export function collectEntries(
  deployers: readonly Deploying[],
  undeployed: readonly Build[],
  plain: readonly DeployedObject[],
  isNamespaced: Scopes,
): Entry[] {
  const entries: Entry[] = [];
  // By their documents, of those files alone of which there is more than what is deployed.
  const seen = new Map<string, { object: DeployedObject; raw: boolean }[]>();
  const others = [...undeployed.map(({ objects }) => objects), plain];
  const asked = new Set(others.flatMap((list) => list.map(({ origin }) => origin.file)));
  const note = (object: DeployedObject, raw = false): void => {
    if (asked.has(object.origin.file)) addTo(seen, documentOf(object), { object, raw });
  };
  // What stands for a failed build has not got its namespace yet: it is no other object's.
  const covered = (object: DeployedObject): boolean => {
    const own = identityOf(object.value).namespace;
    return (seen.get(documentOf(object)) ?? []).some(({ object: before, raw }) => {
      if (!areOfOne(before, object)) return false;
      const { namespace } = saidBy(before.value).identity;
      return namespace === own || own === null || (namespace === null && !raw);
    });
  };
  const files = new Set<string>();
  for (const deployer of deployers) {
    for (const file of deployer.files) if (asked.has(file)) files.add(file);
    for (const entry of entriesOf(deployer, isNamespaced)) {
      entries.push(entry);
      note(entry.object);
    }
  }
  for (const build of undeployed) {
    // Objects of one build differ from each other; only what earlier builds gave is left out.
    const fresh = builtObjects(build.objects).filter(
      (object) => isApplicable(object.value) && !covered(object),
    );
    for (const object of fresh) {
      entries.push(entryOfBuild(object));
      note(object, build.failed);
    }
  }
  for (const object of plain) {
    // What somebody makes of an object is not deployed with its file.
    const isDeployed = object.madeBy === undefined && files.has(object.origin.file);
    if (isDeployed || !isApplicable(object.value) || covered(object)) continue;
    entries.push(entryOfFile(object));
    note(object);
  }
  return entries;
}

// The very same as long as the objects are, as what is made of them stays then.
const entryOfBuild = oncePer(
  (object: DeployedObject): Entry => ({ object, deployer: null, applied: 'build' }),
);
const entryOfFile = oncePer((object: DeployedObject): Entry => ({ object, deployer: null, applied: 'file' }));
const sameEntries = whileSame<readonly DeployedObject[], Entry[]>();

function entriesOf(deployer: Deploying, isNamespaced: Scopes): Entry[] {
  const { index, namespace, objects } = deployer;
  return sameEntries(objects, [index, namespace, isNamespaced], () =>
    alike(deployer, isNamespaced).flatMap((all): Entry[] => {
      const [object, ...earlier] = all.toReversed();
      if (object === undefined) return [];
      const entry: Entry = { object, deployer: index, applied: 'deployer' };
      return [earlier.length === 0 ? entry : { ...entry, earlier: earlier.reverse() }];
    }),
  );
}

/** The objects of a deployer, those of one identity together, in the sequence of the last of each. */
function alike(deployer: Deploying, isNamespaced: Scopes): DeployedObject[][] {
  const byIdentity = new Map<string, DeployedObject[]>();
  for (const object of deployer.objects) {
    if (!isApplicable(object.value)) continue;
    const { group, kind, namespace, name } = saidBy(object.value).identity;
    const effective = isNamespaced(group, kind) ? (namespace ?? deployer.namespace) : null;
    const key = `${group}/${kind}/${effective ?? ''}/${name}`;
    const before = byIdentity.get(key) ?? [];
    before.push(object);
    byIdentity.delete(key);
    byIdentity.set(key, before);
  }
  return [...byIdentity.values()];
}

function documentOf({ origin }: DeployedObject): string {
  return `${origin.file}#${origin.document}`;
}

/** Whether objects of one document have the same `sameKey`. */
function areOfOne(one: DeployedObject, other: DeployedObject): boolean {
  const [a, b] = [saidBy(one.value).identity, saidBy(other.value).identity];
  return a.group === b.group && a.kind === b.kind && a.name === b.name;
}

/** What objects of several builds have in common that are made of one document, but for their namespace. */
export function sameKey({ value, origin }: Pick<DeployedObject, 'value' | 'origin'>): string {
  const { group, kind, name } = identityOf(value);
  return `${origin.file}#${origin.document}|${group}/${kind}|${name}`;
}

/**
 * Of the folders of both layers, the longest that holds the file decides; what none holds is reconciled, if
 * anything is.
 */
export function layerOf(file: string, config: Config): LayerName {
  let best: { layer: LayerName; length: number } = { layer: 'gitops', length: -1 };
  for (const layer of ['bootstrap', 'gitops'] as const) {
    for (const folder of config.layers[layer]) {
      const length = folder === '.' ? 0 : folder.length;
      if (length > best.length && (folder === '.' || file.startsWith(`${folder}/`))) best = { layer, length };
    }
  }
  return best.layer;
}

/** The object with the namespace that Argo CD gives it; the same object each time. */
export function withNamespace(value: JsonObject, namespace: string | null): JsonObject {
  const metadata = objectAt(value, 'metadata');
  if (namespace === null || metadata.namespace === namespace) return value;
  const known = placed(value);
  const found = known.get(namespace) ?? { ...value, metadata: { ...metadata, namespace } };
  known.set(namespace, found);
  return found;
}

const placed = oncePer((_: JsonObject) => new Map<string, JsonObject>());

export interface Deploying {
  /** Index in the list of deployers. */
  index: number;
  /** Of its destination. */
  namespace: string | null;
  objects: readonly DeployedObject[];
  files: readonly string[];
}
