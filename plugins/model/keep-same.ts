import { isDeepStrictEqual } from 'node:util';
import type { Created } from './create-resources.ts';
import type { Resource } from './types.ts';

/**
 * Takes resources as they were made before in the place of those that say the very same, so that what was
 * worked out of one is known of it.
 */
export function keepSame(created: Created, before: (id: string) => Resource | undefined): Created {
  const kept = new Map<Resource, Resource>();
  for (const resource of created.resources) {
    const known = before(resource.id);
    if (known !== undefined && areSame(resource, known)) kept.set(resource, known);
  }
  if (kept.size === 0) return created;
  const same = (resource: Resource): Resource => kept.get(resource) ?? resource;
  const inAll = <Key>(map: ReadonlyMap<Key, Resource>) =>
    new Map([...map].map(([key, resource]): [Key, Resource] => [key, same(resource)]));
  return {
    resources: created.resources.map(same),
    byKey: inAll(created.byKey),
    setIds: created.setIds,
    ofDeployer: new Map([...created.ofDeployer].map(([index, all]) => [index, all.map(same)])),
    resourceOf: inAll(created.resourceOf),
    repeated: created.repeated.map((all) => all.map(same)),
    again: created.again.map((one) => ({ ...one, resource: same(one.resource) })),
    excluded: created.excluded.map((one) => ({ ...one, resource: same(one.resource) })),
  };
}

/** What a set generates is written anew each time. */
function areSame(one: Resource, other: Resource): boolean {
  return (
    told.every((key) => one[key] === other[key]) &&
    (one.rendered === other.rendered ||
      (one.source === 'applicationset' && isDeepStrictEqual(one.rendered, other.rendered))) &&
    (one.origin === other.origin || isDeepStrictEqual(one.origin, other.origin))
  );
}

/** What its object does not say, or not by itself: of the same object all else is the same. */
const told = [
  ...(['id', 'namespace', 'layer', 'stack', 'phase', 'source', 'deployer', 'generatedBy'] as const),
  ...(['application', 'kustomization', 'helmRelease'] as const),
];
