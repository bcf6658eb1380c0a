/** Entries → resources with their identity, wave, phase, layer and stack. */

import { addTo, type JsonObject, objectAt, textAt, whileSame } from '../base/index.ts';
import { stackOf } from './build-stacks.ts';
import { withNamespace } from './collect-entries.ts';
import { createAgain, remember } from './create-again.ts';
import type { Created, ResourcesInput } from './created-types.ts';
import { mayDeploy } from './deployers/deployer-types.ts';
import type { DeployedObject } from './deployers/deployment-types.ts';
import { type FoundDeployer, keyUnder, objectKey } from './deployers/discover.ts';
import type { Entry, Owner, Placed } from './entry-types.ts';
import { identityOf } from './identity.ts';
import { areSame, fromObject, isStill, placeOf } from './make-resource.ts';
import { saidBy } from './said-by.ts';
import type { Resource } from './types.ts';

/**
 * Of objects with one identity the first keeps the plain id: the one that is deployed, then bootstrap's,
 * then by place. What says the very same as before is the very same resource, so that what was worked out of
 * it is known of it.
 */
export function createResources(input: ResourcesInput): Created {
  const others = new Set<string>();
  const known = createAgain(input, (deployer) => ownerOf(deployer, input));
  if (known !== undefined) return known;
  for (;;) {
    const { created, otherwise } = createOver(input, others);
    if (otherwise.length === 0) return remember(input, created);
    for (const id of otherwise) others.add(id);
  }
}

/**
 * `otherwise`: those that are as before by themselves, and have another deployer or maker now.
 * @param others ids of what is made anew, whatever was there before.
 */
function createOver(
  input: ResourcesInput,
  others: ReadonlySet<string>,
): { created: Created; otherwise: string[] } {
  // Most have one alone.
  const taken = new Map<string, Resource | Resource[]>();
  const ids = new Set<string>();
  const fresh = new Set<Resource>();
  const otherwise: string[] = [];
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
  const made = input.entries.filter(({ object }) => object.madeBy !== undefined);
  for (const entry of input.entries) {
    const { value } = entry.object;
    const owner = entry.deployer === null ? undefined : owners[entry.deployer];
    const { group, kind } = saidBy(value).identity;
    const deployer = owner?.excludes(group, kind) ? undefined : owner;
    const resource = take(entry, deployer);
    // Only what deploys, and what makes objects, is looked for by its key.
    if (made.length > 0 || mayDeploy(value)) {
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
  for (const { object } of made) {
    const resource = created.byKey.get(objectKey(object));
    if (resource && object.madeBy)
      give(resource, 'generatedBy', created.byKey.get(objectKey(object.madeBy))?.id ?? null);
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
    const entry = entryOfSet(value, [application.object], () => ({
      object: { ...application.object, value },
      deployer: null,
      applied: 'deployer',
    }));
    created.byKey.set(application.key, generated(entry, set));
  }
  for (const [index, { key }] of input.deployers.entries()) {
    const resource = created.byKey.get(key);
    if (resource) created.resourceOf.set(index, resource);
    for (const one of created.ofDeployer.get(index) ?? []) give(one, 'deployer', resource?.id ?? null);
  }
  created.repeated = [...taken.values()].filter((one) => Array.isArray(one));
  return { created, otherwise };

  function take(entry: Entry, owner: Owner | undefined): Resource {
    const { object, applied } = entry;
    const place = placeOf(entry, owner, input);
    const id = freeId(place.id, object, owner);
    const known = knownAs(id, place) ?? stillThere(id, object, owner, place);
    const resource = known ?? fromObject(id, object, owner, place);
    if (known === undefined) fresh.add(resource);
    // Who makes one is not told by where it comes to be.
    if (object.madeBy === undefined) place.resource = resource;
    // Of a kustomization under a gitops path that nothing deploys nobody knows whether it is ever applied.
    const isApplied = owner !== undefined || (applied === 'build' && place.layer === 'bootstrap');
    note(place.id, resource, isApplied);
    return resource;
  }

  function generated(entry: Entry, set: Resource): Resource {
    const { object } = entry;
    const place = placeOf(entry, undefined, input);
    const stack = place.stack ?? set.stack;
    const id = freeId(place.id, object, undefined);
    const known = knownAs(id, place);
    const isSame = known?.generatedBy === set.id && known.stack === stack;
    const resource = isSame ? known : generatedAnew(id, object, { ...place, layer: 'gitops', stack }, set);
    place.resource = resource;
    note(place.id, resource, true);
    return resource;
  }

  function generatedAnew(id: string, object: DeployedObject, place: Placed, set: Resource): Resource {
    const resource: Resource = {
      ...fromObject(id, object, undefined, place),
      source: 'applicationset',
      generatedBy: set.id,
    };
    const known = before(id);
    return known !== undefined && areSame(resource, known) ? known : resource;
  }

  /** What was made of the very same object at the very same place. */
  function knownAs(id: string, { resource }: Placed): Resource | undefined {
    return resource?.id === id && !others.has(id) ? resource : undefined;
  }

  /** What was made of another object, and would be made of this one. */
  function stillThere(
    id: string,
    object: DeployedObject,
    owner: Owner | undefined,
    place: Placed,
  ): Resource | undefined {
    const known = before(id);
    return known !== undefined && isStill(known, object, owner, place) ? known : undefined;
  }

  function before(id: string): Resource | undefined {
    return others.has(id) ? undefined : input.before?.(id);
  }

  function note(plain: string, resource: Resource, isApplied: boolean): void {
    ids.add(resource.id);
    created.resources.push(resource);
    if (!isApplied) return;
    const same = taken.get(plain);
    if (Array.isArray(same)) same.push(resource);
    else taken.set(plain, same === undefined ? resource : [same, resource]);
  }

  /** What one that is as it was before is given has to be what it has. */
  function give(resource: Resource, what: 'deployer' | 'generatedBy', id: string | null): void {
    if (resource[what] === id) return;
    if (fresh.has(resource)) resource[what] = id;
    else otherwise.push(resource.id);
  }

  function freeId(id: string, { origin }: DeployedObject, owner: Owner | undefined): string {
    if (!ids.has(id)) return id;
    const deployer = owner?.application ?? owner?.kustomization ?? owner?.helmRelease ?? '';
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

const entryOfSet = whileSame<JsonObject, Entry>();

/** What all that it deploys has of a deployer; the very same while it is. */
function ownerOf(deployer: FoundDeployer, { exclusions, stackPaths }: ResourcesInput): Owner {
  const { kind, key, namespace, object, spec } = deployer;
  const { name } = identityOf(object.value);
  const destination = objectAt(spec, 'destination');
  const server =
    textAt(destination, 'server') ??
    (textAt(destination, 'name') === 'in-cluster' ? 'https://kubernetes.default.svc' : null);
  // Argo CD renders such an object and then passes it over, with a warning.
  const excludes = kind === 'Application' ? exclusions(server) : excludesNone;
  const stack = stackOfDeployer(deployer, stackPaths);
  return sameOwner(deployer.deployment, [kind, key, name, namespace, excludes, stack], () => ({
    key,
    name,
    namespace,
    isFlux: kind === 'Kustomization',
    excludes,
    stack,
    application: kind === 'Application' ? name : null,
    kustomization: kind === 'Kustomization' ? name : null,
    helmRelease: kind === 'HelmRelease' ? name : null,
  }));
}

const sameOwner = whileSame<FoundDeployer['deployment'], Owner>();
const excludesNone = () => false;

/** The stack that a deployer's path lies in; of one that deploys several, or something else, none. */
export function stackOfDeployer(deployer: FoundDeployer, paths: readonly string[]): string | null {
  for (const source of deployer.deployment.sources) {
    const stack = source.local ? stackOf(source.path, paths) : null;
    if (stack !== null) return stack;
  }
  return null;
}
