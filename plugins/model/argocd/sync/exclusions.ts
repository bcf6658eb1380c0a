/** Kinds that Argo CD never syncs. Source: `util/settings` ResourcesFilter, `FilteredResource.Match`. */
import { isObject, type JsonObject, oncePer, textAt, textsAt } from '../../../base/index.ts';
import { readYaml } from '../../../base/yaml-value.ts';
import { gobwas } from '../projects/gobwas-glob.ts';

/**
 * By the server of a cluster, whether objects of a group and kind are left out of every sync to it: those
 * that Argo CD always leaves out, those that `resource.exclusions` of argocd-cm names, and where
 * `resource.inclusions` names any, all that it does not name. A text that cannot be read excludes nothing.
 * A filter for certain clusters counts only where the server is known.
 */
export function createExclusions(data: JsonObject): Exclusions {
  const excluded = [...always, ...filtersOf(textAt(data, 'resource.exclusions'))];
  const included = filtersOf(textAt(data, 'resource.inclusions'));
  const isExcluded = (group: string, kind: string, server: string | null): boolean =>
    excluded.some((filter) => fits(filter, group, kind, server)) ||
    (included.length > 0 && !included.some((filter) => fits(filter, group, kind, server)));
  const open = (server: string | null): ReturnType<Exclusions> => {
    const groups = new Map<string, Map<string, boolean>>();
    return (group, kind) => {
      const kinds = groups.get(group) ?? new Map<string, boolean>();
      groups.set(group, kinds);
      const answer = kinds.get(kind) ?? isExcluded(group, kind, server);
      kinds.set(kind, answer);
      return answer;
    };
  };
  const servers = new Map<string | null, ReturnType<Exclusions>>();
  return (server) => {
    const known = servers.get(server) ?? open(server);
    servers.set(server, known);
    return known;
  };
}

/** The very same while the settings are, as what was decided by them stays then. */
export const exclusionsOf = oncePer(createExclusions);

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

export type Exclusions = (server: string | null) => (group: string, kind: string) => boolean;
interface Filter {
  apiGroups: string[];
  kinds: string[];
  clusters: string[];
}
