/** `locate` for resources: through kustomize, and for generated ones into what generates them. */
import { at, type JsonPath } from '../base/index.ts';
import type { Place, Sources } from '../source/index.ts';
import { locateOrigin, placeOf } from './locate-path.ts';
import type { Resource } from './types.ts';

export function createLocator(sources: Sources, byId: (id: string) => Resource | undefined): Locate {
  const locate: Locate = (resource, path) => {
    const generator = resource.generatedBy === null ? undefined : byId(resource.generatedBy);
    if (resource.source === 'applicationset' && generator)
      return path.length === 0 ? placeOf(resource.origin) : inTemplate(generator, path);
    if (resource.source === 'external-secret' && generator) return placeOf(resource.origin);
    return locateOrigin(sources, resource.origin, resource.rendered, path);
  };
  return locate;

  /**
   * A generated Application is its set's template: what stands there at the same path, or at the nearest
   * above it.
   */
  function inTemplate(set: Resource, path: JsonPath): Place {
    for (let length = path.length; length > 0; length -= 1) {
      const inside = ['spec', 'template', ...path.slice(0, length)];
      if (at(set.rendered, ...inside) !== undefined) return locate(set, inside);
    }
    return locate(set, ['spec', 'template']);
  }
}

export type Locate = (resource: Resource, path: JsonPath) => Place;
