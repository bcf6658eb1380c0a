/**
 * Declared objects by their names, for a rule that looks for the nearest to each of many wrong ones: a
 * repository may have ten thousand.
 */
export function nameIndex<One extends Named>(all: readonly One[]): NameIndex<One> {
  const byName = Map.groupBy(all, ({ name }) => name);
  const byNamespace = Map.groupBy(all, ({ namespace }) => namespace);
  const inside = new Map<string, Map<string, One>>();
  return {
    named: (name) => byName.get(name) ?? [],
    within(...namespaces) {
      const key = JSON.stringify(namespaces);
      const known = inside.get(key);
      if (known !== undefined) return known;
      const found = new Map<string, One>();
      for (const namespace of new Set(namespaces))
        for (const one of byNamespace.get(namespace) ?? [])
          if (!found.has(one.name)) found.set(one.name, one);
      inside.set(key, found);
      return found;
    },
  };
}

interface Named {
  namespace: string | null;
  name: string;
}

export interface NameIndex<One> {
  /** In whatever namespace. */
  named(name: string): One[];
  /** Those of some namespaces, null for what has none: the first of each name. */
  within(...namespaces: (string | null)[]): ReadonlyMap<string, One>;
}
