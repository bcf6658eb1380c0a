/**
 * The dependencies that a trigger's `conditions` name: a boolean expression over dependency names. Without
 * one, or where it names none (then it can never be true), the trigger belongs to all of them.
 */
export function mentions(conditions: string | null, dependencies: readonly string[]): string[] {
  if (conditions === null || conditions.trim() === '') return [...dependencies];
  const words = new Set(namesIn(conditions));
  const named = dependencies.filter((dependency) => words.has(dependency));
  return named.length > 0 ? named : [...dependencies];
}

/** The names in a trigger's `conditions`, in their order, each as often as it stands there. */
export function namesIn(conditions: string): string[] {
  return conditions.split(/[\s()!]+|&&|\|\||==|!=/).filter((word) => word !== '');
}
