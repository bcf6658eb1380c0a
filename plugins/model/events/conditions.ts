/**
 * The dependencies that a trigger's `conditions` name: a boolean expression over dependency names. Without one, or where it names
 * none (then it can never be true), the trigger belongs to all of them.
 */
export function mentions(conditions: string | null, dependencies: readonly string[]): string[] {
  if (conditions === null || conditions.trim() === '') return [...dependencies];
  const words = new Set(conditions.split(/[\s()!]+|&&|\|\||==|!=/).filter((word) => word !== ''));
  const named = dependencies.filter((dependency) => words.has(dependency));
  return named.length > 0 ? named : [...dependencies];
}
