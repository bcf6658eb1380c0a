/**
 * Texts that name resources: `Kind/name`, `Kind/namespace/name`, where Kind may carry its group
 * (`Kind.group`).
 */
import { compareText, nearest, takeSteps, whileAlike } from '../base/index.ts';
import { kindOf } from './identity.ts';
import { placesById } from './places-by-id.ts';
import type { Resource } from './types.ts';

/** The names of these resources, worked out when one is first asked for. */
export function createReferences(resources: readonly Resource[]): References {
  let known: Index | undefined;
  const index = (): Index => {
    known ??= { ...indexOf(resources), resources };
    return known;
  };
  // Each is asked more than once: by what it says, and by what could hold it.
  const unknown = new Map<string, Resolution>();
  return {
    referenceOf: (resource) => shortest(resource, index()),
    resolveReference(text) {
      const known = unknown.get(text);
      if (known) return known;
      const resolution = resolve(text, index());
      if (resolution.ok) return resolution;
      // What is near was not looked for where no steps are left.
      if (!takeSteps(0)) return resolution;
      if (unknown.size >= maximumKept) unknown.clear();
      unknown.set(text, resolution);
      return resolution;
    },
  };
}

function resolve(text: string, index: Index): Resolution {
  const exact = resourceAt(index, placesById(index.resources).get(text));
  const parts = text.split('/');
  const [kind = '', second = '', third] = parts;
  if (
    exact === undefined &&
    (parts.length < 2 || parts.length > 3 || kind === '' || second === '' || third === '')
  ) {
    return { ok: false, reason: 'unknown', candidates: nearest(text, placesById(index.resources).keys()) };
  }
  const fitting = fits(index, kind, third === undefined ? undefined : second, third ?? second);
  const [only] = fitting;
  if (only && fitting.length === 1) return { ok: true, resource: only };
  // An id is shortest where it is `Kind/name`, which may also be short for others in namespaces: then it
  // names no one for certain.
  if (exact && (fitting.length === 0 || third !== undefined || kind.includes('.')))
    return { ok: true, resource: exact };
  if (fitting.length > 1) {
    return {
      ok: false,
      reason: 'ambiguous',
      candidates: fitting.map((resource) => longest(resource, index)).sort(compareText),
    };
  }
  return { ok: false, reason: 'unknown', candidates: near(index, kind, text) };
}

function shortest(resource: Resource, index: Index): string {
  const kinds = [resource.kind, kindOf(resource.group, resource.kind)];
  for (const kind of kinds) {
    if (fits(index, kind, undefined, resource.name).length === 1) return `${kind}/${resource.name}`;
    if (resource.namespace === null) continue;
    if (fits(index, kind, resource.namespace, resource.name).length === 1)
      return `${kind}/${resource.namespace}/${resource.name}`;
  }
  return resource.id;
}

function longest(resource: Resource, index: Index): string {
  const parts = [resource.kind, resource.namespace ?? '', resource.name];
  const plain = parts.filter((part) => part !== '').join('/');
  return fits(index, resource.kind, resource.namespace ?? undefined, resource.name).length === 1
    ? plain
    : resource.id;
}

function fits(index: Index, kind: string, namespace: string | undefined, name: string): Resource[] {
  const places = namedOf(index, kind).get(name) ?? [];
  const named = places.flatMap((place) => resourceAt(index, place) ?? []);
  return namespace === undefined ? named : named.filter((resource) => resource.namespace === namespace);
}

function resourceAt({ resources }: Index, place: number | undefined): Resource | undefined {
  return place === undefined ? undefined : resources[place];
}

function near(index: Index, kind: string, text: string): string[] {
  const sameKind = index.kinds.get(kind);
  if (sameKind) {
    // In the form in which it was asked for, so that each resource is offered once; the kind they share
    // brings none nearer.
    const names = namesOf(kind, sameKind, text.split('/').length > 2, index);
    return nearest(text.slice(text.indexOf('/') + 1), names).map((name) => `${kind}/${name}`);
  }
  const name = text.slice(text.indexOf('/') + 1);
  return nearest(kind, index.kinds.keys()).flatMap((guess) => {
    const same = `${guess}/${name}`;
    return resolve(same, index).ok ? [same] : near(index, guess, same);
  });
}

/** What follows the kind, in the short form or the long one; worked out once. */
function namesOf(kind: string, places: readonly number[], long: boolean, index: Index): Set<string> {
  const key = `${kind}/${long}`;
  const names =
    index.forms.get(key) ??
    new Set(
      places.flatMap((place) => {
        const resource = index.resources[place];
        if (resource === undefined) return [];
        const full = long ? longest(resource, index) : `${kind}/${resource.name}`;
        return full.slice(full.indexOf('/') + 1);
      }),
    );
  index.forms.set(key, names);
  return names;
}

/** By the places of resources: most edits leave their names as they were. */
const indexOf = whileAlike(haveSameName, (resources: readonly Resource[]): Names => {
  const kinds = new Map<string, number[]>();
  // Of a group and kind the lists of both forms, found without making a text for each resource.
  const groups = new Map<string, Map<string, number[][]>>();
  for (const [place, { group, kind }] of resources.entries()) {
    const ofGroup = groups.get(group) ?? new Map<string, number[][]>();
    groups.set(group, ofGroup);
    const lists = ofGroup.get(kind) ?? listsOf(group, kind);
    ofGroup.set(kind, lists);
    for (const list of lists) list.push(place);
  }
  return { kinds, names: new Map(), forms: new Map() };

  function listsOf(group: string, kind: string): number[][] {
    return [...new Set([kind, kindOf(group, kind)])].map((form) => {
      const list = kinds.get(form) ?? [];
      kinds.set(form, list);
      return list;
    });
  }
});

/** Whether texts name both alike. */
export function haveSameName(one: Resource, other: Resource): boolean {
  return named.every((key) => one[key] === other[key]);
}

const named = ['id', 'group', 'kind', 'namespace', 'name'] as const;

/** Those of a kind, in either form of it, by their names; worked out once somebody asks for the kind. */
function namedOf(index: Index, kind: string): Map<string, number[]> {
  const places = index.kinds.get(kind) ?? [];
  const known = index.names.get(kind) ?? Map.groupBy(places, (place) => index.resources[place]?.name ?? '');
  index.names.set(kind, known);
  return known;
}

interface Names {
  /** Places by `Kind` and `Kind.group`. */
  kinds: Map<string, number[]>;
  /** Of those the kinds that were asked for, by the names of their resources. */
  names: Map<string, Map<string, number[]>>;
  /** Names of a kind as texts may have them. */
  forms: Map<string, Set<string>>;
}

interface Index extends Names {
  resources: readonly Resource[];
}

const maximumKept = 1000;

/** Resources and the texts that name them. */
export interface References {
  /** The shortest text that `resolveReference` takes for this resource alone. */
  referenceOf(resource: Resource): string;
  /**
   * The resource that a text names. Names are no identities: where several kinds' groups or namespaces fit,
   * it is `ambiguous`, and `candidates` are the texts that name each of them; where none fits, they are the
   * nearest that do exist.
   */
  resolveReference(text: string): Resolution;
}

type Resolution =
  | { ok: true; resource: Resource }
  | { ok: false; reason: 'unknown' | 'ambiguous'; candidates: string[] };
