/** Resources by what names them, so that no question scans the whole platform. */
import { compareText } from '../base/index.ts';
import type { Resource } from './types.ts';

export function indexResources(resources: readonly Resource[]): ResourceIndex {
  const ids = new Map<string, Resource>();
  const kinds = new Map<string, Resource[]>();
  const names = new Map<string, Resource>();
  const anywhere = new Map<string, Resource>();
  for (const resource of resources) add(resource);

  function add(resource: Resource): void {
    ids.set(resource.id, resource);
    const kind = `${resource.group}/${resource.kind}`;
    const list = kinds.get(kind);
    if (list) list.push(resource);
    else kinds.set(kind, [resource]);
    const key = nameKey(kind, resource.namespace, resource.name);
    // Of repetitions the first stands: the one that an application deploys.
    if (!names.has(key)) names.set(key, resource);
    const inAny = `${kind}|${resource.name}`;
    if (!anywhere.has(inAny)) anywhere.set(inAny, resource);
  }

  return {
    add,
    all: () => [...ids.values()].sort((a, b) => compareText(a.id, b.id)),
    byId: (id) => ids.get(id),
    ofKind: (group, kind) => kinds.get(`${group}/${kind}`) ?? [],
    find: (group, kind, namespace, name) => names.get(nameKey(`${group}/${kind}`, namespace, name)),
    findAnywhere: (group, kind, name) => anywhere.get(`${group}/${kind}|${name}`),
  };
}

function nameKey(kind: string, namespace: string | null, name: string): string {
  return `${kind}|${namespace ?? ''}|${name}`;
}

export interface ResourceIndex {
  add(resource: Resource): void;
  /** By id, bytewise. */
  all(): Resource[];
  byId(id: string): Resource | undefined;
  ofKind(group: string, kind: string): readonly Resource[];
  find(group: string, kind: string, namespace: string | null, name: string): Resource | undefined;
  /** The first of the name, whatever its namespace. */
  findAnywhere(group: string, kind: string, name: string): Resource | undefined;
}
