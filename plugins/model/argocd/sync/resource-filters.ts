/** Filters of a selective sync. Source: `util/argo` IncludeResource, `SyncOperationResource.Compare`. */
import { gobwas } from '../projects/gobwas-glob.ts';

/** An object is in where a filter that includes fits, or where there is none of that sort, and no filter that excludes fits. */
export function isIncluded(object: FilteredObject, filters: readonly ResourceFilter[]): boolean {
  const fits = (filter: ResourceFilter): boolean =>
    gobwas(filter.group)(object.group) &&
    gobwas(filter.kind)(object.kind) &&
    gobwas(filter.name)(object.name) &&
    (filter.namespace === '' || gobwas(filter.namespace)(object.namespace));
  const including = filters.filter(({ exclude }) => !exclude);
  if (including.length > 0 && !including.some(fits)) return false;
  return !filters.some((filter) => filter.exclude && fits(filter));
}

interface FilteredObject {
  group: string;
  kind: string;
  name: string;
  namespace: string;
}
export interface ResourceFilter extends FilteredObject {
  exclude: boolean;
}
