/** Which resource of one platform is which of the other. */
import { addTo, compareText, isObject, type JsonValue, stableStringify } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';

/**
 * Every resource of both sides once. Those of one kind, namespace and name are the same; of several, those of
 * one application and file, and so on with less. What is left is the same under another name where it says
 * the same, and nothing else does. The sides may be swapped, and their order counts for nothing.
 */
export function pairResources(base: readonly Resource[], head: readonly Resource[]): Pair[] {
  const pairs: Pair[] = [];
  let left: Sides = { base: sorted(base), head: sorted(head) };
  const alike = (keyOf: (resource: Resource) => string | null, onlyPairs: boolean, renamed: boolean) => {
    left = match(left, keyOf, onlyPairs, (one, other) => pairs.push({ base: one, head: other, renamed }));
  };
  const id = ({ group, kind, namespace, name }: Resource) => [group, kind, namespace, name];
  alike(
    (one) => stableStringify([id(one), one.application, one.origin.file, one.origin.document]),
    false,
    false,
  );
  alike((one) => stableStringify([id(one), one.application, one.origin.file]), false, false);
  alike((one) => stableStringify([id(one), one.origin.file]), false, false);
  alike((one) => stableStringify([id(one), one.application]), false, false);
  alike((one) => stableStringify([id(one), one.rendered]), false, false);
  alike((one) => stableStringify(id(one)), false, false);
  alike(hashedName, true, false);
  alike(({ group, kind, name, origin }) => stableStringify([group, kind, name, origin.file]), true, true);
  alike(contentOf, true, true);
  return [
    ...pairs,
    ...left.base.map((one): Pair => ({ base: one, head: null, renamed: false })),
    ...left.head.map((one): Pair => ({ base: null, head: one, renamed: false })),
  ];
}

/** Pairs what has the same key, in order; with `onlyPairs` where each side has just one of it. */
function match(
  { base, head }: Sides,
  keyOf: (resource: Resource) => string | null,
  onlyPairs: boolean,
  take: (base: Resource, head: Resource) => void,
): Sides {
  if (base.length === 0 || head.length === 0) return { base, head };
  const [ofBase, ofHead] = [base, head].map((list) => {
    const byKey = new Map<string, Resource[]>();
    for (const one of list) {
      const key = keyOf(one);
      if (key !== null) addTo(byKey, key, one);
    }
    return byKey;
  });
  const taken = new Set<Resource>();
  for (const [key, ones] of ofBase ?? []) {
    const others = ofHead?.get(key) ?? [];
    if (onlyPairs && (ones.length !== 1 || others.length !== 1)) continue;
    for (const [index, one] of ones.entries()) {
      const other = others[index];
      if (other === undefined) break;
      take(one, other);
      taken.add(one).add(other);
    }
  }
  const isLeft = (one: Resource) => !taken.has(one);
  return { base: base.filter(isLeft), head: head.filter(isLeft) };
}

/** What kustomize names by its content: `settings-5g9mkt7k2h` is `settings`. Source: kustomize `hasher`. */
function hashedName({ group, kind, namespace, name, application }: Resource): string | null {
  const [, stem] = /^(.+)-[bcdfghkmt2456789]{10}$/.exec(name) ?? [];
  return stem === undefined || !['ConfigMap', 'Secret'].includes(kind)
    ? null
    : stableStringify([group, kind, namespace, stem, application]);
}

/** All that it says but its own name and namespace; null where that is nothing. */
function contentOf({ group, kind, namespace, name, rendered }: Resource): string | null {
  const { apiVersion: _version, kind: _kind, metadata, ...content } = rendered;
  const says = Object.values(content).some((value) => !isObject(value) || Object.keys(value).length > 0);
  if (!says) return null;
  const { name: _name, namespace: _namespace, ...about } = isObject(metadata) ? metadata : {};
  return stableStringify([group, kind, nameless(content), nameless(about)]);

  function nameless(value: JsonValue): JsonValue {
    if (typeof value === 'string')
      return value
        .split('/')
        .map((part) => (part === name ? '\u0000name' : part === namespace ? '\u0000namespace' : part))
        .join('/');
    if (Array.isArray(value)) return value.map(nameless);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, nameless(inner)]));
  }
}

function sorted(resources: readonly Resource[]): Resource[] {
  const key = ({ application, origin, id }: Resource) =>
    [application ?? '', origin.file, String(origin.line).padStart(8, '0'), id].join('\0');
  return [...resources].sort((a, b) => compareText(key(a), key(b)));
}

interface Sides {
  base: Resource[];
  head: Resource[];
}

/** A resource on both sides, or on one. */
export interface Pair {
  base: Resource | null;
  head: Resource | null;
  /** Another name or namespace, and else the same. */
  renamed: boolean;
}
