/** Kinds that Argo CD never syncs. Source: `util/settings` ResourcesFilter, `FilteredResource.Match`. */
import { isObject, type JsonObject, textAt, textsAt } from '../../../base/index.ts';
import { readYaml } from '../../../base/yaml-value.ts';
import { gobwas } from '../projects/gobwas-glob.ts';

/**
 * Whether objects of a group and kind are left out of every sync to a cluster: those that Argo CD always
 * leaves out, those that `resource.exclusions` of argocd-cm names, and where `resource.inclusions` names any,
 * all that it does not name. A text that cannot be read excludes nothing. A filter for certain clusters
 * counts only where the server is known.
 */
export function createExclusions(data: JsonObject): Exclusions {
  const excluded = [...always, ...filtersOf(textAt(data, 'resource.exclusions'))];
  const included = filtersOf(textAt(data, 'resource.inclusions'));
  const isExcluded: Exclusions = ({ group, kind, server }) =>
    excluded.some((filter) => fits(filter, group, kind, server)) ||
    (included.length > 0 && !included.some((filter) => fits(filter, group, kind, server)));
  const known = new Map<string, boolean>();
  return (object) => {
    const key = JSON.stringify([object.group, object.kind, object.server]);
    const answer = known.get(key) ?? isExcluded(object);
    known.set(key, answer);
    return answer;
  };
}

function fits(filter: Filter, group: string, kind: string, server: string | null): boolean {
  return (
    (filter.apiGroups.length === 0 || filter.apiGroups.some((glob) => gobwas(glob)(group))) &&
    (filter.kinds.length === 0 || filter.kinds.some((one) => one === '*' || one === kind)) &&
    (filter.clusters.length === 0 ||
      (server !== null && filter.clusters.some((glob) => gobwas(glob)(server))))
  );
}

function filtersOf(text: string | undefined): Filter[] {
  const parsed = readYaml(text ?? '');
  return (Array.isArray(parsed) ? parsed : []).filter(isObject).map((entry) => ({
    apiGroups: textsAt(entry, 'apiGroups'),
    kinds: textsAt(entry, 'kinds'),
    clusters: textsAt(entry, 'clusters'),
  }));
}

const always: Filter[] = [
  { apiGroups: ['events.k8s.io', 'metrics.k8s.io'], kinds: ['*'], clusters: [] },
  { apiGroups: [''], kinds: ['Event'], clusters: [] },
  { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'], clusters: [] },
];

export type Exclusions = (object: { group: string; kind: string; server: string | null }) => boolean;
interface Filter {
  apiGroups: string[];
  kinds: string[];
  clusters: string[];
}
