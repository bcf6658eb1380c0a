/**
 * A function that works its answer out once for each object and forgets it with the object. Only for what
 * depends on that object alone, which must not change.
 */
export function oncePer<Key extends object, Value>(workOut: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { value: Value }>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found.value;
    const value = workOut(key);
    known.set(key, { value });
    return value;
  };
}
