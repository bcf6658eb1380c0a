/** The lists of an AppProject as rules read them. */
import { isObject, type JsonObject, listAt, textAt, textsAt } from '../../../base/index.ts';
import type { KindItem, KindLists } from './cluster-kinds.ts';
import type { Destination } from './destinations.ts';

export function sourceReposOf(spec: JsonObject): string[] {
  return textsAt(spec, 'sourceRepos');
}

export function destinationsOf(spec: JsonObject): Destination[] {
  return listAt(spec, 'destinations').map((item) => ({
    server: textAt(item, 'server'),
    name: textAt(item, 'name'),
    namespace: textAt(item, 'namespace'),
  }));
}

export function kindListsOf(spec: JsonObject): KindLists {
  const list = (key: string): KindItem[] | null =>
    Array.isArray(spec[key])
      ? spec[key].filter(isObject).map((item) => ({
          group: textAt(item, 'group') ?? '',
          kind: textAt(item, 'kind') ?? '',
          name: textAt(item, 'name') ?? null,
        }))
      : null;
  return {
    clusterResourceWhitelist: list('clusterResourceWhitelist'),
    clusterResourceBlacklist: list('clusterResourceBlacklist'),
    namespaceResourceWhitelist: list('namespaceResourceWhitelist'),
    namespaceResourceBlacklist: list('namespaceResourceBlacklist'),
  };
}
