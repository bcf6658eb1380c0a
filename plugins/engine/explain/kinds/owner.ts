import type { Resource } from '../../../model/index.ts';
import { type Cell, textCell } from '../../../views/index.ts';
import type { Context } from '../indexes.ts';

/** A deployer belongs to the owner of what it deploys, since all of them lie in the namespace of Argo CD. */
export function ownerOf(resource: Resource, { platform, namespaces, deployerById }: Context): Cell | null {
  const into = deployerById.get(resource.id)?.destination.namespace;
  const homes = [into, resource.namespace].map((name) => platform.resource(namespaces.get(name ?? '') ?? ''));
  for (const one of [resource, ...homes]) {
    if (one === undefined) continue;
    for (const field of ['labels', 'annotations'] as const) {
      const key = keys.flatMap((name) => keysNamed(name, one[field])).at(0);
      const value = key === undefined ? '' : (one[field][key] ?? '');
      if (key !== undefined && value !== '')
        return { ...textCell(value), place: platform.locate(one, ['metadata', field, key]) };
    }
  }
  return null;
}

function keysNamed(name: string, given: Record<string, string>): string[] {
  return Object.keys(given).filter((key) => key === name || key.endsWith(`/${name}`));
}

/** The first that is there is meant. */
const keys = ['owner', 'owned-by', 'team', 'contact', 'maintainer'];
