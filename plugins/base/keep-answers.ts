/**
 * Keeps answers by their keys, so that what is asked again is not worked out again. Where one more than
 * `most` would be kept, all of them go: a repository may ask any number of questions. Of a call that throws
 * nothing is kept.
 */
export function keepAnswers<Key, Value>(most: number): (key: Key, workOut: () => Value) => Value {
  const known = new Map<Key, { value: Value }>();
  return (key, workOut) => {
    const found = known.get(key);
    if (found !== undefined) return found.value;
    const value = workOut();
    if (known.size >= most) known.clear();
    known.set(key, { value });
    return value;
  };
}
