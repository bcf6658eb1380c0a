/** Entries → resources with their identity, wave, phase, layer and stack. */

import { addTo, objectAt, textAt, whileSame } from '../base/index.ts';
import type { Config } from '../source/index.ts';
import type { Exclusions } from './argocd/sync/exclusions.ts';
import { hookOf, waveOf } from './argocd/sync/hooks.ts';
import { stackOf } from './build-stacks.ts';
import { type Entry, layerOf, withNamespace } from './collect-entries.ts';
import type { DeployedObject } from './deployers/deployment-types.ts';
import { type FoundDeployer, type FoundSet, keyUnder, objectKey } from './deployers/discover.ts';
import { unappliedBecause } from './flux/object-switches.ts';
import { identityOf, idOf, textsOf } from './identity.ts';
import type { Scopes } from './scope.ts';
import type { DeployerKind, Resource } from './types.ts';

/**
 * Of objects with one identity the first keeps the plain id: the one that is deployed, then bootstrap's,
 * then by place.
 */
export function createResources(input: ResourcesInput): Created {
  const taken = new Map<string, Resource[]>();
  const ids = new Set<string>();
  const created: Created = {
    resources: [],
    byKey: new Map(),
    setIds: new Map(),
    ofDeployer: new Map(),
    resourceOf: new Map(),
    repeated: [],
    again: [],
    excluded: [],
  };
  for (const entry of ordered(input.entries)) {
    const owner = entry.deployer === null ? undefined : input.deployers[entry.deployer];
    const deployer = owner && isExcluded(entry.object, owner, input) ? undefined : owner;
    const made = fromObject(entry.object, deployer, input);
    // Of a kustomization under a gitops path that nothing deploys nobody knows whether it is ever applied.
    const resource = finish(
      made,
      deployer !== undefined || (entry.applied === 'build' && made.layer === 'bootstrap'),
    );
    const key = objectKey(entry.object);
    if (!created.byKey.has(key)) created.byKey.set(key, resource);
    if (owner) created.byKey.set(keyUnder(key, owner.key), resource);
    if (entry.deployer === null) continue;
    if (owner && !deployer) {
      created.excluded.push({ resource, application: identityOf(owner.object.value).name });
      continue;
    }
    if (entry.earlier) created.again.push({ resource, earlier: entry.earlier });
    addTo(created.ofDeployer, entry.deployer, resource);
  }
  for (const { object } of input.entries) {
    const made = object.madeBy && created.byKey.get(objectKey(object));
    if (made && object.madeBy) made.generatedBy = created.byKey.get(objectKey(object.madeBy))?.id ?? null;
  }
  for (const set of input.sets) {
    const resource = created.byKey.get(set.key);
    if (resource) created.setIds.set(set.key, resource.id);
  }
  for (const application of input.deployers) {
    const set = application.generatedBy === null ? undefined : created.byKey.get(application.generatedBy);
    if (!set) continue;
    // A set makes its Applications where it lives itself, also where only its own Application says where that
    // is.
    const value = withNamespace(application.object.value, set.namespace);
    const resource = {
      ...fromObject({ ...application.object, value }, undefined, input),
      source: 'applicationset' as const,
      generatedBy: set.id,
      layer: 'gitops' as const,
    };
    created.byKey.set(application.key, finish({ ...resource, stack: resource.stack ?? set.stack }, true));
  }
  for (const [index, { key }] of input.deployers.entries()) {
    const resource = created.byKey.get(key);
    if (!resource) continue;
    created.resourceOf.set(index, resource);
    for (const one of created.ofDeployer.get(index) ?? []) one.deployer = resource.id;
  }
  created.repeated = [...taken.values()].filter((list) => list.length > 1);
  return created;

  function finish(resource: Resource, applied: boolean): Resource {
    const { id } = resource;
    const final = ids.has(id) ? { ...resource, id: freeId(id, resource) } : resource;
    ids.add(final.id);
    if (applied) addTo(taken, id, final);
    created.resources.push(final);
    return final;
  }

  function freeId(id: string, { origin, application, kustomization, helmRelease }: Resource): string {
    const deployer = application ?? kustomization ?? helmRelease ?? '';
    const candidates = [
      `${id}@${origin.file}`,
      `${id}@${origin.file}#${origin.document}`,
      `${id}@${origin.file}#${origin.document}+${deployer}`,
    ];
    const free = candidates.find((candidate) => !ids.has(candidate));
    if (free !== undefined) return free;
    let number = 2;
    while (ids.has(`${candidates[1]}~${number}`)) number += 1;
    return `${candidates[1]}~${number}`;
  }
}

/** Argo CD renders such an object and then passes it over, with a warning. */
function isExcluded(object: DeployedObject, owner: FoundDeployer, input: ResourcesInput): boolean {
  if (owner.kind !== 'Application') return false;
  const { group, kind } = identityOf(object.value);
  const destination = objectAt(owner.spec, 'destination');
  const server =
    textAt(destination, 'server') ??
    (textAt(destination, 'name') === 'in-cluster' ? 'https://kubernetes.default.svc' : null);
  return input.exclusions({ group, kind, server });
}

function fromObject(
  object: DeployedObject,
  deployer: FoundDeployer | undefined,
  input: ResourcesInput,
): Resource {
  const own = identityOf(object.value);
  const namespace = input.isNamespaced(own.group, own.kind)
    ? (own.namespace ?? deployer?.namespace ?? null)
    : null;
  const metadata = objectAt(object.value, 'metadata');
  const annotations = textsOf(metadata.annotations);
  const labels = textsOf(metadata.labels);
  const wave = waveOf(annotations);
  const { file } = object.origin;
  return {
    id: idOf(own.group, own.kind, namespace, own.name),
    apiVersion: own.apiVersion,
    group: own.group,
    version: own.version,
    kind: own.kind,
    namespace,
    name: own.name,
    labels,
    annotations,
    layer: deployer ? 'gitops' : layerOf(file, input.config),
    stack: (deployer ? ofDeployer(deployer, input.stackPaths) : null) ?? stackOf(file, input.stackPaths),
    deployer: null,
    application: nameOf('Application', deployer),
    kustomization: nameOf('Kustomization', deployer),
    helmRelease: nameOf('HelmRelease', deployer),
    wave: wave ?? 0,
    waveSet: wave !== null,
    phase: phaseOf({ annotations, labels }, deployer),
    origin: object.origin,
    source: object.engine ?? (object.kustomized ? 'kustomize' : 'file'),
    generatedBy: null,
    rendered: withNamespace(object.value, namespace),
  };
}

/** Null where what deploys it never applies it. */
function phaseOf(
  own: Pick<Resource, 'annotations' | 'labels'>,
  deployer: FoundDeployer | undefined,
): Resource['phase'] {
  if (deployer?.kind === 'Kustomization' && unappliedBecause(own) !== null) return null;
  return hookOf(own.annotations).phases[0] ?? null;
}

/** The name of a deployer of the kind. */
function nameOf(kind: DeployerKind, deployer: FoundDeployer | undefined): string | null {
  return deployer?.kind === kind ? identityOf(deployer.object.value).name : null;
}

/** The same for all that it deploys. */
function ofDeployer(deployer: FoundDeployer, paths: readonly string[]): string | null {
  return knownStacks(deployer, [paths], () => stackOfDeployer(deployer, paths));
}

const knownStacks = whileSame<FoundDeployer, string | null>();

/** The stack that a deployer's path lies in; of one that deploys several, or something else, none. */
export function stackOfDeployer(deployer: FoundDeployer, paths: readonly string[]): string | null {
  for (const source of deployer.deployment.sources) {
    const stack = source.local ? stackOf(source.path, paths) : null;
    if (stack !== null) return stack;
  }
  return null;
}

/** What is deployed first; then as given: bootstrap's builds, other builds, plain files. */
function ordered(entries: readonly Entry[]): Entry[] {
  const rank = { deployer: 0, build: 1, file: 2 };
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => rank[a.entry.applied] - rank[b.entry.applied] || a.index - b.index)
    .map(({ entry }) => entry);
}

export interface ResourcesInput {
  entries: readonly Entry[];
  deployers: readonly FoundDeployer[];
  sets: readonly FoundSet[];
  config: Config;
  isNamespaced: Scopes;
  stackPaths: readonly string[];
  exclusions: Exclusions;
}
export interface Created {
  resources: Resource[];
  /** By the key of the object that each was made from. */
  byKey: Map<string, Resource>;
  /** Id of each ApplicationSet, by its key. */
  setIds: Map<string, string>;
  /** What each deployer deploys, by its index. */
  ofDeployer: Map<number, Resource[]>;
  /** Each deployer's own resource, by its index. */
  resourceOf: Map<number, Resource>;
  /** Resources that share an identity, applied ones alone. */
  repeated: Resource[][];
  /** What one deployer gives more than once, with what it gave before. */
  again: { resource: Resource; earlier: DeployedObject[] }[];
  /** What an application renders and Argo CD leaves out of every sync. */
  excluded: Excluded[];
}
export interface Excluded {
  resource: Resource;
  /** Name of the application. */
  application: string;
}
