/** The resources of a platform of which little is otherwise than it was. */
import { isDeepStrictEqual } from 'node:util';
import type { Created, ResourcesInput } from './created-types.ts';
import { mayDeploy } from './deployers/deployer-types.ts';
import type { FoundDeployer } from './deployers/discover.ts';
import type { Entry, Owner } from './entry-types.ts';
import { fromObject, isStill, placeOf } from './make-resource.ts';
import { saidBy } from './said-by.ts';
import type { Resource } from './types.ts';

/** Keeps what was created last, as long as somebody else does. */
export function remember(input: ResourcesInput, created: Created): Created {
  inputs.set(created, { ...input, before: undefined });
  last = new WeakRef(created);
  return created;
}

/**
 * What was created last, with those resources made anew whose objects are others: each entry stands where it
 * stood, and gives the same id. Undefined where there is more to it: a deployer or what makes objects is
 * another, or an entry comes or goes.
 */
export function createAgain(
  input: ResourcesInput,
  ownerOf: (deployer: FoundDeployer) => Owner,
): Created | undefined {
  const known = last?.deref();
  const before = known && inputs.get(known);
  if (known === undefined || before === undefined || !isSameAround(input, before)) return undefined;
  const anew = new Map<Resource, Resource>();
  const deployers = new Set<number>();
  const resources = [...known.resources];
  for (const [index, entry] of input.entries.entries()) {
    const old = before.entries[index];
    const resource = resources[index];
    if (entry === old) continue;
    if (old === undefined || resource === undefined || !isAtPlaceOf(entry, old)) return undefined;
    const deployer = entry.deployer === null ? undefined : input.deployers[entry.deployer];
    const next = madeAgain(entry, old, resource, deployer && ownerOf(deployer), input);
    if (next === resource) continue;
    if (next === undefined || mayDeploy(entry.object.value)) return undefined;
    anew.set(resource, next);
    resources[index] = next;
    if (entry.deployer !== null) deployers.add(entry.deployer);
  }
  const now = (list: Resource[]) => list.map((one) => anew.get(one) ?? one);
  const ofDeployer = new Map(known.ofDeployer);
  for (const index of deployers) ofDeployer.set(index, now(ofDeployer.get(index) ?? []));
  return remember(input, {
    ...known,
    resources,
    ofDeployer,
    repeated: known.repeated.map(now),
    excluded: known.excluded.map((one) => ({ ...one, resource: anew.get(one.resource) ?? one.resource })),
  });
}

/** Of what was created last; whoever holds on to that needs what it was created of anyway. */
const inputs = new WeakMap<Created, ResourcesInput>();
let last: WeakRef<Created> | undefined;

function isSameAround(input: ResourcesInput, before: ResourcesInput): boolean {
  const { stackPaths, entries, deployers, sets } = input;
  return (
    input.isNamespaced === before.isNamespaced &&
    input.exclusions === before.exclusions &&
    isDeepStrictEqual([input.config.layers, stackPaths], [before.config.layers, before.stackPaths]) &&
    entries.length === before.entries.length &&
    areEach(sets, before.sets, (set, old) => set.key === old.key) &&
    areEach(deployers, before.deployers, isSameDeployer)
  );
}

/** Whatever it deploys: the stack alone is told of that. */
function isSameDeployer(one: FoundDeployer, old: FoundDeployer): boolean {
  return (
    one.kind === old.kind &&
    one.key === old.key &&
    one.object === old.object &&
    one.namespace === old.namespace &&
    one.generatedBy === old.generatedBy &&
    (one.deployment === old.deployment || isDeepStrictEqual(one.deployment.sources, old.deployment.sources))
  );
}

/** Whether an entry would be given the id of the one that stood there, and what is found by its key. */
function isAtPlaceOf({ object, deployer, applied, earlier }: Entry, old: Entry): boolean {
  const [identity, before] = [saidBy(object.value).identity, saidBy(old.object.value).identity];
  return (
    deployer === old.deployer &&
    applied === old.applied &&
    earlier === undefined &&
    old.earlier === undefined &&
    object.madeBy === undefined &&
    old.object.madeBy === undefined &&
    object.origin.file === old.object.origin.file &&
    object.origin.document === old.object.origin.document &&
    identity.group === before.group &&
    identity.kind === before.kind &&
    identity.namespace === before.namespace &&
    identity.name === before.name
  );
}

function madeAgain(
  entry: Entry,
  old: Entry,
  before: Resource,
  deploying: Owner | undefined,
  input: ResourcesInput,
): Resource | undefined {
  const { group, kind } = saidBy(entry.object.value).identity;
  const owner = deploying?.excludes(group, kind) ? undefined : deploying;
  const place = placeOf(entry, owner, input);
  if (place.id !== old.placed?.id) return undefined;
  const { id, deployer } = before;
  const known = input.before?.(id);
  const isSame =
    known !== undefined && known.deployer === deployer && isStill(known, entry.object, owner, place);
  const resource = isSame ? known : { ...fromObject(id, entry.object, owner, place), deployer };
  place.resource = resource;
  return resource;
}

function areEach<One>(
  some: readonly One[],
  others: readonly One[],
  areSame: (one: One, other: One) => boolean,
): boolean {
  return (
    some.length === others.length &&
    some.every((one, index) => {
      const other = others[index];
      return one === other || (other !== undefined && areSame(one, other));
    })
  );
}
