/**
 * A table that is asked for names which somebody else wrote: it has its own entries and none of those that
 * every object has,
 * such as `constructor`.
 */
export function byName<T>(entries: Record<string, T>): Readonly<Record<string, T>> {
  return Object.freeze(Object.assign(Object.create(null) as Record<string, T>, entries));
}
