/** How messages count and list. */

/** `1 page`, `2 pages`; a noun with a plural of its own brings it. */
export function counted(number: number, one: string, many = pluralOf(one)): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** As Kubernetes forms the name of a resource of a kind: `policies`, `ingresses`, `gateways`, `services`. */
export function pluralOf(noun: string): string {
  if (/(s|x|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** The first of many, by their names, and how many more there are: `a, b and 3 more`. */
export function firstOf<T>(items: readonly T[], most: number, nameOf: (item: T) => string = String): string {
  const more = items.length - most;
  return `${items.slice(0, most).map(nameOf).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A name of a manifest or page within a sentence. */
export function inCode(name: string): string {
  return `\`${name}\``;
}

/** The question that ends a message; empty where nothing is near. */
export function didYouMean(candidates: readonly string[]): string {
  return candidates.length === 0 ? '' : `did you mean ${candidates.map(inCode).join(' or ')}?`;
}
