/**
 * Relations, each once; the places of references are looked up when somebody asks for one, a file at a time.
 */

import type { JsonPath } from '../../base/index.ts';
import { compareText } from '../../base/index.ts';
import type { Place } from '../../source/index.ts';
import type { Relation, RelationType, Resource } from '../types.ts';

export function createCollector(locate: (resource: Resource, path: JsonPath) => Place): Collector {
  // By type and where it is from: one text of that and where it leads to would have to be made for each.
  const relations = new Map<RelationType, Map<string, Relation[]>>();
  /** Where those of a long list lead to. */
  const leading = new Map<readonly Relation[], Set<string>>();
  const pending = new Map<string, Said[]>();
  const add: Collector['add'] = (type, from, to, resource, path) => {
    const ofType = relations.get(type) ?? new Map<string, Relation[]>();
    relations.set(type, ofType);
    const known = ofType.get(from) ?? [];
    if (leads(known, to)) return;
    if (known.length === 0) ofType.set(from, known);
    leading.get(known)?.add(to);
    const said: Said = { resource, path, place: null };
    const { file } = resource.origin;
    const list = pending.get(file);
    if (list) list.push(said);
    else pending.set(file, [said]);
    known.push({
      type,
      from,
      to,
      // Finding a line means parsing its file again: most relations are never asked, and those of a file are
      // best asked together.
      get origin() {
        if (said.place === null) settle(file);
        return said.place ?? resource.origin;
      },
    });
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

  function settle(file: string): void {
    for (const said of pending.get(file) ?? []) said.place = locate(said.resource, said.path);
    pending.delete(file);
  }
}

/** Nearly all lead to one or two. */
const mostLookedThrough = 16;

function inSequence<Value>(map: ReadonlyMap<string, Value> = new Map()): Value[] {
  const keys = [...map.keys()];
  // They are added in the sequence of the resources, and are in order mostly.
  if (keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key)) return [...map.values()];
  return keys.sort(compareText).map((key) => map.get(key) as Value);
}

interface Said {
  resource: Resource;
  path: JsonPath;
  place: Place | null;
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
