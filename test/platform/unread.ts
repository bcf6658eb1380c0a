/** What a validator never asked about: fields that its schema does not know. */
export interface Watched {
  value: object;
  unread(): string[];
}

/**
 * The validators that packages carry accept unknown fields, as the schemas they are made from do, so
 * a misspelt optional field would pass. They do ask for every field that they know. Whoever watches
 * them ask knows which of the fields in front of them they never looked at.
 *
 * An object of which nothing at all was asked may hold anything (a Kyverno pattern, say).
 */
export function watch(root: object): Watched {
  const asked = new Map<object, Set<string>>();
  const watchers = new WeakMap<object, object>();
  return { value: watcher(root), unread: () => unreadIn(root, '') };

  function watcher(target: object): object {
    const known = watchers.get(target);
    if (known !== undefined) return known;
    const made = new Proxy(target, {
      get(object, key) {
        if (typeof key === 'string') remember(object, key);
        const value: unknown = Reflect.get(object, key);
        return isObject(value) ? watcher(value) : value;
      },
    });
    watchers.set(target, made);
    return made;
  }

  function remember(object: object, key: string): void {
    const keys = asked.get(object) ?? new Set<string>();
    asked.set(object, keys.add(key));
  }

  function unreadIn(object: object, path: string): string[] {
    const keys = asked.get(object);
    if (keys === undefined) return [];
    return Object.entries(object).flatMap(([key, value]: [string, unknown]) => {
      const at = `${path}/${key}`;
      if (!Array.isArray(object) && !keys.has(key)) return [at];
      return isObject(value) ? unreadIn(value, at) : [];
    });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
