/** Which resource of one platform is which of the other. */
import { addTo, compareText, isObject, type JsonValue, stableStringify } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import { builtIn, type Made } from './made.ts';

/**
 * Everything of both sides once. Those of one kind, namespace and name are the same; of several, those of one
 * application or folder and file, and so on with less. What is left is the same under another name where it
 * says the same, and nothing else does. The sides may be swapped, and their order counts for nothing.
 *
 * @param isBuiltOf whether one folder of the head is built of one of the base, or that of it.
 */
export function pairResources(
  base: readonly Made[],
  head: readonly Made[],
  isBuiltOf: (head: string, base: string) => boolean,
): Pair[] {
  const pairs: Pair[] = [];
  let left: Sides = { base: sorted(base), head: sorted(head) };
  const alike = (keyOf: KeyOf, how: Partial<How> = {}) => {
    const { renamed = false } = how;
    const fits = (one: Made, other: Made) => how.strangers === true || !areStrangers(one, other, isBuiltOf);
    left = match(left, keyOf, { ...how, fits }, (one, other) =>
      pairs.push({ base: one, head: other, renamed }),
    );
  };
  const id = ({ resource: { group, kind, namespace, name } }: Made) => [group, kind, namespace, name];
  const holder = ({ resource, folder }: Made) => [resource.application, folder];
  alike((one) => [id(one), holder(one), one.resource.origin.file, one.resource.origin.document]);
  alike((one) => [id(one), holder(one), one.resource.origin.file]);
  alike((one) => (one.folder === null ? null : [id(one), one.folder]));
  // Where one side deploys what the other only builds, it is the same that was built there.
  alike((one) => (one.isShared ? keyed(builtIn(one.resource), id(one)) : null));
  alike((one) => (one.isShared ? [id(one), one.resource.origin.file, one.resource.rendered] : null), {
    strangers: true,
  });
  alike((one) => [id(one), one.resource.origin.file]);
  alike((one) => [id(one), one.resource.application]);
  alike((one) => [id(one), one.resource.rendered]);
  alike(id);
  // What further builds make of the same leaves open which is which, but for those of one folder.
  for (const held of [holder, ({ isCopy }: Made) => (isCopy ? null : true)]) {
    alike((one) => keyed(hashedName(one.resource), held(one)), { onlyPairs: true });
    alike((one) => keyed(sameFile(one.resource), held(one)), { onlyPairs: true, renamed: true });
    alike((one) => keyed(contentOf(one.resource), held(one)), { onlyPairs: true, renamed: true });
  }
  return [
    ...pairs,
    ...left.base.map((one): Pair => ({ base: one, head: null, renamed: false })),
    ...left.head.map((one): Pair => ({ base: null, head: one, renamed: false })),
  ];
}

function keyed(key: JsonValue, held: JsonValue): JsonValue {
  return key === null || held === null ? null : [key, held];
}

/** Pairs what has the same key, in order. */
function match(
  { base, head }: Sides,
  keyOf: KeyOf,
  { onlyPairs = false, fits }: { onlyPairs?: boolean; fits(base: Made, head: Made): boolean },
  take: (base: Made, head: Made) => void,
): Sides {
  if (base.length === 0 || head.length === 0) return { base, head };
  const [ofBase, ofHead] = [base, head].map((list) => {
    const byKey = new Map<string, Made[]>();
    for (const one of list) {
      const key = keyOf(one);
      if (key !== null) addTo(byKey, stableStringify(key), one);
    }
    return byKey;
  });
  const taken = new Set<Made>();
  for (const [key, ones] of ofBase ?? []) {
    const others = ofHead?.get(key) ?? [];
    if (onlyPairs && (ones.length !== 1 || others.length !== 1)) continue;
    for (const one of ones) {
      const other = others.find((it) => !taken.has(it) && fits(one, it));
      if (other === undefined) continue;
      take(one, other);
      taken.add(one).add(other);
    }
  }
  const isLeft = (one: Made) => !taken.has(one);
  return { base: base.filter(isLeft), head: head.filter(isLeft) };
}

/** An overlay that is gone and one that is new are two, though both make an object of the same document. */
function areStrangers(one: Made, other: Made, isBuiltOf: (head: string, base: string) => boolean): boolean {
  if (!one.isShared || !other.isShared || (one.folder === null && other.folder === null)) return false;
  const [from, to] = [builtIn(one.resource), builtIn(other.resource)];
  return from !== null && to !== null && from !== to && !isBuiltOf(to, from);
}

function sameFile({ group, kind, name, origin }: Resource): JsonValue {
  return [group, kind, name, origin.file];
}

/** What kustomize names by its content: `settings-5g9mkt7k2h` is `settings`. Source: kustomize `hasher`. */
function hashedName({ group, kind, namespace, name, application }: Resource): JsonValue {
  const [, stem] = /^(.+)-[bcdfghkmt2456789]{10}$/.exec(name) ?? [];
  return stem === undefined || !['ConfigMap', 'Secret'].includes(kind)
    ? null
    : [group, kind, namespace, stem, application];
}

/** All that it says but its own name and namespace; null where that is nothing. */
function contentOf({ group, kind, namespace, name, rendered }: Resource): JsonValue {
  const { apiVersion: _version, kind: _kind, metadata, ...content } = rendered;
  const says = Object.values(content).some((value) => !isObject(value) || Object.keys(value).length > 0);
  if (!says) return null;
  const { name: _name, namespace: _namespace, ...about } = isObject(metadata) ? metadata : {};
  return [group, kind, nameless(content), nameless(about)];

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

function sorted(all: readonly Made[]): Made[] {
  const key = ({ resource: { application, origin, id }, folder, isCopy }: Made) =>
    [
      ...[isCopy ? '1' : '0', application ?? '', folder ?? ''],
      ...[origin.file, String(origin.line).padStart(8, '0'), id],
    ].join('\0');
  return [...all].sort((a, b) => compareText(key(a), key(b)));
}

type KeyOf = (one: Made) => JsonValue;

interface How {
  /** Only where each side has just one of the key. */
  onlyPairs: boolean;
  renamed: boolean;
  /** Of several folders that make the same, too. */
  strangers: boolean;
}

interface Sides {
  base: Made[];
  head: Made[];
}

/** A resource on both sides, or on one. */
export interface Pair {
  base: Made | null;
  head: Made | null;
  /** Another name or namespace, and else the same. */
  renamed: boolean;
}
