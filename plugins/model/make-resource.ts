/** One resource of one object, and whether it is what was made of it before. */
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../source/index.ts';
import { stackOf } from './build-stacks.ts';
import { layerOf, withNamespace } from './collect-entries.ts';
import type { DeployedObject } from './deployers/deployment-types.ts';
import type { Entry, Owner, Placed } from './entry-types.ts';
import { idOf } from './identity.ts';
import { saidBy } from './said-by.ts';
import type { Scopes } from './scope.ts';
import type { Resource } from './types.ts';

/** What an object does not say by itself; the very same while all that decides it is. */
export function placeOf(entry: Entry, owner: Owner | undefined, input: Surroundings): Placed {
  const { value, origin } = entry.object;
  const { isNamespaced } = input;
  const layer = owner ? 'gitops' : layerOf(origin.file, input.config);
  const stack = owner?.stack ?? stackOf(origin.file, input.stackPaths);
  const before = entry.placed;
  if (
    before !== undefined &&
    before.owner === owner &&
    before.isNamespaced === isNamespaced &&
    before.layer === layer &&
    before.stack === stack
  )
    return before;
  const { group, kind, name, namespace: own } = saidBy(value).identity;
  const namespace = isNamespaced(group, kind) ? (own ?? owner?.namespace ?? null) : null;
  entry.placed = { owner, isNamespaced, layer, stack, namespace, id: idOf(group, kind, namespace, name) };
  return entry.placed;
}

export function fromObject(
  id: string,
  object: DeployedObject,
  owner: Owner | undefined,
  place: Placed,
): Resource {
  const { identity, labels, annotations, wave } = saidBy(object.value);
  return {
    id,
    apiVersion: identity.apiVersion,
    group: identity.group,
    version: identity.version,
    kind: identity.kind,
    namespace: place.namespace,
    name: identity.name,
    labels,
    annotations,
    layer: place.layer,
    stack: place.stack,
    deployer: null,
    application: owner?.application ?? null,
    kustomization: owner?.kustomization ?? null,
    helmRelease: owner?.helmRelease ?? null,
    wave: wave ?? 0,
    waveSet: wave !== null,
    phase: phaseOf(object, owner),
    origin: object.origin,
    source: sourceOf(object),
    generatedBy: null,
    rendered: withNamespace(object.value, place.namespace),
  };
}

/** Whether a resource is what would be made of this, but for its deployer. */
export function isStill(
  known: Resource,
  object: DeployedObject,
  owner: Owner | undefined,
  place: Placed,
): boolean {
  return (
    known.rendered === withNamespace(object.value, place.namespace) &&
    known.namespace === place.namespace &&
    known.layer === place.layer &&
    known.stack === place.stack &&
    known.application === (owner?.application ?? null) &&
    known.kustomization === (owner?.kustomization ?? null) &&
    known.helmRelease === (owner?.helmRelease ?? null) &&
    known.phase === phaseOf(object, owner) &&
    known.source === sourceOf(object) &&
    known.generatedBy === null &&
    object.madeBy === undefined &&
    (owner !== undefined || known.deployer === null) &&
    (known.origin === object.origin || isDeepStrictEqual(known.origin, object.origin))
  );
}

/** Null where what deploys it never applies it. */
function phaseOf({ value }: DeployedObject, owner: Owner | undefined): Resource['phase'] {
  const { phase, isAppliedByFlux } = saidBy(value);
  return owner?.isFlux && !isAppliedByFlux ? null : phase;
}

function sourceOf({ engine, kustomized }: DeployedObject): Resource['source'] {
  return engine ?? (kustomized ? 'kustomize' : 'file');
}

/** What a set generates is written anew each time. */
export function areSame(one: Resource, other: Resource): boolean {
  return (
    told.every((key) => one[key] === other[key]) &&
    isDeepStrictEqual(one.rendered, other.rendered) &&
    isDeepStrictEqual(one.origin, other.origin)
  );
}

/** What its object does not say, or not by itself: of the same object all else is the same. */
const told = [
  ...(['id', 'namespace', 'layer', 'stack', 'phase', 'source', 'deployer', 'generatedBy'] as const),
  ...(['application', 'kustomization', 'helmRelease'] as const),
];

/** What decides where an object is, beside whoever deploys it. */
export interface Surroundings {
  config: Config;
  isNamespaced: Scopes;
  stackPaths: readonly string[];
}
