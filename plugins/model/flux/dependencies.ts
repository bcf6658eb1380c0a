/** `dependsOn`: what must be ready before. */
import { isObject, listAt, textAt } from '../../base/index.ts';
import { nearestFirst } from '../nearest-file.ts';
import type { Dependency, Resource } from '../types.ts';

/**
 * What a resource depends on, found among those of its kind. Of several of one name, as of the clusters of
 * one repository, it is the one that the same deploys, or that lies nearest.
 */
export function createDependencies(resources: readonly Resource[]): (resource: Resource) => Dependency[] {
  const named = Map.groupBy(resources, ({ namespace, name }) => `${namespace ?? ''}/${name}`);
  return (resource) =>
    listAt(resource.rendered, 'spec', 'dependsOn')
      .filter(isObject)
      .map((reference) => {
        const name = textAt(reference, 'name') ?? '';
        const namespace = textAt(reference, 'namespace') || resource.namespace;
        const found = named.get(`${namespace ?? ''}/${name}`) ?? [];
        const same = found.filter(({ deployer }) => deployer !== null && deployer === resource.deployer);
        const { file } = resource.origin;
        const [near] = nearestFirst(same.length > 0 ? same : found, file, ({ origin }) => origin.file);
        return { namespace, name, id: near?.id ?? null };
      });
}
