/** Resources by what names them, so that no question scans the whole platform. */
import { compareText, oncePer, whileAlike } from '../base/index.ts';
import type { Resource } from './types.ts';

/** The index of a list of resources that nobody adds to, made once for whoever asks. */
export const resourcesByName: (resources: readonly Resource[]) => Omit<ResourceIndex, 'add'> =
  oncePer(indexResources);

export function indexResources(resources: readonly Resource[]): ResourceIndex {
  const ids = new Map<string, Resource>();
  // By group, then kind: one text of both would have to be made for each question.
  const groups = new Map<string, Map<string, OfKind>>();
  // Held on to, so that the next one finds its order.
  let unsorted: readonly Resource[] = resources;
  for (const resource of resources) add(resource);

  function add(resource: Resource): void {
    ids.set(resource.id, resource);
    const own = groups.get(resource.group)?.get(resource.kind) ?? open(resource);
    own.all.push(resource);
    if (own.names !== null) addName(own.names, resource);
  }

  function open({ group, kind }: Resource): OfKind {
    const kinds = groups.get(group) ?? new Map<string, OfKind>();
    const own: OfKind = { all: [], names: null };
    groups.set(group, kinds.set(kind, own));
    return own;
  }

  // Of most kinds nobody asks for one by its name.
  function namesOf(group: string, kind: string): Names | undefined {
    const own = groups.get(group)?.get(kind);
    if (own === undefined || own.names !== null) return own?.names ?? undefined;
    own.names = { inNamespace: new Map(), anywhere: new Map() };
    for (const resource of own.all) addName(own.names, resource);
    return own.names;
  }

  return {
    add,
    all() {
      unsorted = [...ids.values()];
      const list = unsorted;
      return orderOf(list).flatMap((place) => list[place] ?? []);
    },
    byId: (id) => ids.get(id),
    ofKind: (group, kind) => groups.get(group)?.get(kind)?.all ?? [],
    find: (group, kind, namespace, name) =>
      namesOf(group, kind)
        ?.inNamespace.get(namespace ?? '')
        ?.get(name),
    findAnywhere: (group, kind, name) => namesOf(group, kind)?.anywhere.get(name),
  };
}

/** Places of a list by their ids, bytewise; most edits leave that as it was. */
const orderOf = whileAlike(
  (one: Resource, other: Resource) => one.id === other.id,
  (list) => {
    const ids = list.map(({ id }) => id);
    return [...ids.keys()].sort((a, b) => compareText(ids[a] ?? '', ids[b] ?? ''));
  },
);

/** Of repetitions the first stands: the one that an application deploys. */
function addName({ inNamespace, anywhere }: Names, resource: Resource): void {
  const { name } = resource;
  const namespace = resource.namespace ?? '';
  const own = inNamespace.get(namespace) ?? new Map<string, Resource>();
  inNamespace.set(namespace, own);
  if (!own.has(name)) own.set(name, resource);
  if (!anywhere.has(name)) anywhere.set(name, resource);
}

interface OfKind {
  all: Resource[];
  /** Once somebody has asked for one by its name. */
  names: Names | null;
}

interface Names {
  /** By the namespace, then the name. */
  inNamespace: Map<string, Map<string, Resource>>;
  anywhere: Map<string, Resource>;
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
