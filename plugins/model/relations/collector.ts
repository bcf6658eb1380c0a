/**
 * Relations, each once; the places of references are looked up when somebody asks for one, a file at a time.
 */

import { compareText, type JsonPath, once } from '../../base/index.ts';
import type { Place } from '../../source/index.ts';
import type { Relation, RelationType, Resource } from '../types.ts';

export function createCollector(locate: (resource: Resource, path: JsonPath) => Place): Collector {
  // By type and where it is from: one text of that and where it leads to would have to be made for each.
  const relations = new Map<RelationType, Map<string, Relation[]>>();
  /** Where those of a long list lead to. */
  const leading = new Map<readonly Relation[], Set<string>>();
  const all: Said[] = [];
  const byFile = once(() => Map.groupBy(all, ({ resource }) => resource.origin.file));
  // Finding a line means parsing its file again: most relations are never asked, and those of a file are best
  // asked together.
  const settle = (file: string) => {
    for (const said of byFile().get(file) ?? []) said.place = locate(said.resource, said.path);
  };
  const add: Collector['add'] = (type, from, to, resource, path) => {
    const ofType = relations.get(type) ?? new Map<string, Relation[]>();
    relations.set(type, ofType);
    const known = ofType.get(from);
    if (known && leads(known, to)) return;
    const said: Said = { resource, path, place: null, settle };
    all.push(said);
    const relation = new SaidRelation(type, from, to, said);
    // A list that begins empty gets room for seventeen at its first, and nearly every relation begins one.
    if (known === undefined) ofType.set(from, [relation]);
    else {
      leading.get(known)?.add(to);
      known.push(relation);
    }
  };
  return {
    add,
    both(forward, back, from, to, resource, path) {
      add(forward, from, to, resource, path);
      add(back, to, from, resource, path);
    },
    *ofType(type) {
      for (const own of relations.get(type)?.values() ?? []) yield* own;
    },
    sorted: () =>
      inSequence(relations)
        .flatMap(inSequence)
        .flatMap((own) => (own.length < 2 ? own : own.toSorted((a, b) => compareText(a.to, b.to)))),
  };

  function leads(list: readonly Relation[], to: string): boolean {
    if (list.length < mostLookedThrough) return list.some((one) => one.to === to);
    const known = leading.get(list) ?? new Set(list.map((one) => one.to));
    leading.set(list, known);
    return known.has(to);
  }
}

/** Nearly all lead to one or two. */
const mostLookedThrough = 16;

function inSequence<Value>(map: ReadonlyMap<string, Value> = new Map()): Value[] {
  const entries = [...map];
  // They are added in the order of the resources, and so are mostly sorted already.
  const isSorted = entries.every(([key], index) => index === 0 || (entries[index - 1]?.[0] ?? '') < key);
  if (!isSorted) entries.sort(([a], [b]) => compareText(a, b));
  return entries.map(([, value]) => value);
}

/**
 * A class, as an object with a getter of its own takes several times the room, and there are tens of
 * thousands. Whatever knows plain objects only is given `plainRelation`.
 */
class SaidRelation implements Relation {
  readonly type: RelationType;
  readonly from: string;
  readonly to: string;
  readonly #said: Said;

  constructor(type: RelationType, from: string, to: string, said: Said) {
    this.type = type;
    this.from = from;
    this.to = to;
    this.#said = said;
  }

  get origin(): Place {
    const said = this.#said;
    if (said.place === null) said.settle(said.resource.origin.file);
    return said.place ?? said.resource.origin;
  }

  toJSON(): Relation {
    return plainRelation(this);
  }
}

/** The same as an object whose values are all its own; where it is said is found when that is read. */
export function plainRelation(relation: Relation): Relation {
  const { type, from, to } = relation;
  return {
    type,
    from,
    to,
    get origin() {
      return relation.origin;
    },
  };
}

interface Said {
  resource: Resource;
  path: JsonPath;
  place: Place | null;
  /** Finds the places of all that one file says. */
  settle(file: string): void;
}

export interface Collector {
  /** `resource` is the one whose manifest says so, at `path`. */
  add(type: RelationType, from: string, to: string, resource: Resource, path: JsonPath): void;
  both(
    forward: RelationType,
    back: RelationType,
    from: string,
    to: string,
    resource: Resource,
    path: JsonPath,
  ): void;
  /** In no sequence; none may be added of the type meanwhile. */
  ofType(type: RelationType): Iterable<Relation>;
  /** By type, then by where they are from, then by where to. */
  sorted(): Relation[];
}
