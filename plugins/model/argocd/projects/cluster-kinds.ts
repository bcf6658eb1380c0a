/** Which kinds a project permits. Source: `AppProject.IsGroupKindNamePermitted`. */
import { pathMatch } from './gobwas-glob.ts';

/**
 * Cluster-scoped kinds must be listed (an absent list allows none); of namespaced kinds an absent list allows
 * all, an empty one none. A blacklist that matches refuses either.
 */
export function isKindPermitted(
  lists: KindLists,
  group: string,
  kind: string,
  name: string,
  namespaced: boolean,
): boolean {
  const white = namespaced ? lists.namespaceResourceWhitelist : lists.clusterResourceWhitelist;
  const black = namespaced ? lists.namespaceResourceBlacklist : lists.clusterResourceBlacklist;
  const allowed =
    white === null ? namespaced : white.some((item) => matches(item, group, kind, name, !namespaced));
  return allowed && !(black ?? []).some((item) => matches(item, group, kind, name, !namespaced));
}

function matches(item: KindItem, group: string, kind: string, name: string, withName: boolean): boolean {
  if (!pathMatch(item.kind)(kind) || !pathMatch(item.group)(group)) return false;
  return !withName || item.name === null || item.name === '' || pathMatch(item.name)(name);
}

export interface KindItem {
  group: string;
  kind: string;
  /** Of cluster-scoped items only: a glob; null for any. */
  name: string | null;
}
/** Null where a list is absent. */
export interface KindLists {
  clusterResourceWhitelist: KindItem[] | null;
  clusterResourceBlacklist: KindItem[] | null;
  namespaceResourceWhitelist: KindItem[] | null;
  namespaceResourceBlacklist: KindItem[] | null;
}
