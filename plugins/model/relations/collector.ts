/**
 * Relations, each once; the places of references are looked up when somebody asks for one, a file at a time.
 */

import type { JsonPath } from '../../base/index.ts';
import { compareText } from '../../base/index.ts';
import type { Place } from '../../source/index.ts';
import type { Relation, RelationType, Resource } from '../types.ts';

export function createCollector(locate: (resource: Resource, path: JsonPath) => Place): Collector {
  const relations = new Map<string, Relation>();
  const pending = new Map<string, Said[]>();
  const add: Collector['add'] = (type, from, to, resource, path) => {
    const key = `${type}\0${from}\0${to}`;
    if (relations.has(key)) return;
    const said: Said = { resource, path, place: null };
    const { file } = resource.origin;
    const list = pending.get(file);
    if (list) list.push(said);
    else pending.set(file, [said]);
    relations.set(key, {
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
    ofType: (type) => [...relations.values()].filter((one) => one.type === type),
    sorted: () =>
      [...relations.entries()].sort(([a], [b]) => compareText(a, b)).map(([, relation]) => relation),
  };

  function settle(file: string): void {
    for (const said of pending.get(file) ?? []) said.place = locate(said.resource, said.path);
    pending.delete(file);
  }
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
  /** In the order in which they were added. */
  ofType(type: RelationType): Relation[];
  sorted(): Relation[];
}
