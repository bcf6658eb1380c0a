/** Entries → resources with their identity, wave, phase, layer and stack. */

import { addTo, objectAt, textAt } from '../base/index.ts';
import type { Config } from '../source/index.ts';
import type { Exclusions } from './argocd/sync/exclusions.ts';
import { stackOf } from './build-stacks.ts';
import { type Entry, layerOf, withNamespace } from './collect-entries.ts';
import { mayDeploy } from './deployers/deployer-types.ts';
import type { DeployedObject } from './deployers/deployment-types.ts';
import { type FoundDeployer, type FoundSet, keyUnder, objectKey } from './deployers/discover.ts';
import { identityOf, idOf } from './identity.ts';
import { saidBy } from './said-by.ts';
import type { Scopes } from './scope.ts';
import type { Resource } from './types.ts';

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
  const owners = input.deployers.map((deployer) => ownerOf(deployer, input));
  const isMade = input.entries.some(({ object }) => object.madeBy !== undefined);
  for (const entry of ordered(input.entries)) {
    const { value } = entry.object;
    const owner = entry.deployer === null ? undefined : owners[entry.deployer];
    const { group, kind } = saidBy(value).identity;
    const deployer = owner?.excludes(group, kind) ? undefined : owner;
    const made = fromObject(entry.object, deployer, input);
    // Of a kustomization under a gitops path that nothing deploys nobody knows whether it is ever applied.
    const resource = finish(
      made,
      deployer !== undefined || (entry.applied === 'build' && made.layer === 'bootstrap'),
    );
    // Only what deploys, and what makes objects, is looked for by its key.
    if (isMade || mayDeploy(value)) {
      const key = objectKey(entry.object);
      if (!created.byKey.has(key)) created.byKey.set(key, resource);
      if (owner) created.byKey.set(keyUnder(key, owner.key), resource);
    }
    if (entry.deployer === null) continue;
    if (owner && !deployer) {
      created.excluded.push({ resource, application: owner.name });
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

/** What all that it deploys has of a deployer. */
function ownerOf(deployer: FoundDeployer, { exclusions, stackPaths }: ResourcesInput): Owner {
  const { kind, key, namespace, object, spec } = deployer;
  const { name } = identityOf(object.value);
  const destination = objectAt(spec, 'destination');
  const server =
    textAt(destination, 'server') ??
    (textAt(destination, 'name') === 'in-cluster' ? 'https://kubernetes.default.svc' : null);
  return {
    key,
    name,
    namespace,
    isFlux: kind === 'Kustomization',
    // Argo CD renders such an object and then passes it over, with a warning.
    excludes: kind === 'Application' ? exclusions(server) : () => false,
    stack: stackOfDeployer(deployer, stackPaths),
    application: kind === 'Application' ? name : null,
    kustomization: kind === 'Kustomization' ? name : null,
    helmRelease: kind === 'HelmRelease' ? name : null,
  };
}

function fromObject(object: DeployedObject, owner: Owner | undefined, input: ResourcesInput): Resource {
  const { identity: own, labels, annotations, wave, phase, isAppliedByFlux } = saidBy(object.value);
  const namespace = input.isNamespaced(own.group, own.kind)
    ? (own.namespace ?? owner?.namespace ?? null)
    : null;
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
    layer: owner ? 'gitops' : layerOf(file, input.config),
    stack: owner?.stack ?? stackOf(file, input.stackPaths),
    deployer: null,
    application: owner?.application ?? null,
    kustomization: owner?.kustomization ?? null,
    helmRelease: owner?.helmRelease ?? null,
    wave: wave ?? 0,
    waveSet: wave !== null,
    // Null where what deploys it never applies it.
    phase: owner?.isFlux && !isAppliedByFlux ? null : phase,
    origin: object.origin,
    source: object.engine ?? (object.kustomized ? 'kustomize' : 'file'),
    generatedBy: null,
    rendered: withNamespace(object.value, namespace),
  };
}

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
  return (['deployer', 'build', 'file'] as const).flatMap((by) =>
    entries.filter(({ applied }) => applied === by),
  );
}

interface Owner
  extends Pick<Resource, 'name' | 'namespace' | 'stack' | 'application' | 'kustomization' | 'helmRelease'> {
  key: string;
  isFlux: boolean;
  excludes: ReturnType<Exclusions>;
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
