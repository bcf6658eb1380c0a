/**
 * Works something out once for each object, and again only where what it is made of is not the very same any
 * more: what was worked out for a platform stays while a part of it is edited that it does not rest on.
 */
export function whileSame<Key extends object, Value>(): WhileSame<Key, Value> {
  const known = new WeakMap<Key, { parts: readonly unknown[]; value: Value }>();
  return (key, parts, workOut) => {
    const before = known.get(key);
    if (before !== undefined && areSame(before.parts, parts)) return before.value;
    const value = workOut();
    known.set(key, { parts, value });
    return value;
  };
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => Object.is(one, others[index]));
}

/** @param parts all that `workOut` looks at, none of which may be changed. */
type WhileSame<Key, Value> = (key: Key, parts: readonly unknown[], workOut: () => Value) => Value;
