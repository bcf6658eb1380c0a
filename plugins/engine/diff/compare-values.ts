/** Two JSON values → where they differ, each side by its own path. */
import {
  addTo,
  compareText,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  stableStringify,
} from '../../base/index.ts';

/**
 * The leaves that differ. What is there on one side alone is one leaf, however much it holds. Entries of
 * lists are known by what names them (`name`, `key`, a port …) where each has such a name of its own, else by
 * what they say: an entry that is put first changes no other.
 */
export function compareValues(before: JsonValue, after: JsonValue): Difference[] {
  const found: Difference[] = [];
  walk({ path: [], value: before }, { path: [], value: after });
  return found;

  function walk(base: Leaf, head: Leaf): void {
    if (isObject(base.value) && isObject(head.value))
      compareObjects(base.path, base.value, head.path, head.value);
    else if (Array.isArray(base.value) && Array.isArray(head.value))
      compareLists({ ...base, value: base.value }, { ...head, value: head.value });
    else if (stableStringify(base.value) !== stableStringify(head.value))
      found.push({ before: base, after: head });
  }

  function compareObjects(basePath: JsonPath, base: JsonObject, headPath: JsonPath, head: JsonObject): void {
    const keys = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort(compareText);
    for (const key of keys) step(leafAt(basePath, base, key), leafAt(headPath, head, key));
  }

  function step(base: Leaf | null, head: Leaf | null): void {
    if (base !== null && head !== null) walk(base, head);
    else if (base !== null || head !== null) found.push({ before: base, after: head });
  }

  function compareLists(base: ListLeaf, head: ListLeaf): void {
    const name = namingKey(base.value, head.value);
    const nameOf =
      name === null
        ? stableStringify
        : (entry: JsonValue) => stableStringify(isObject(entry) ? entry[name] : entry);
    const [baseLeft, headLeft, common] = aligned(base.value, head.value, nameOf);
    if (!isSameOrder(common)) found.push({ before: base, after: head });
    if (name !== null) for (const [from, to] of common) walk(entryOf(base, from), entryOf(head, to));
    for (let index = 0; index < Math.max(baseLeft.length, headLeft.length); index += 1) {
      const [from, to] = [baseLeft[index], headLeft[index]];
      const [left, right] = [
        from === undefined ? null : entryOf(base, from),
        to === undefined ? null : entryOf(head, to),
      ];
      // What has a name is another thing under another name.
      if (name === null) step(left, right);
      else {
        step(left, null);
        step(null, right);
      }
    }
  }
}

/** Indices of what is in one list alone, and pairs of those of what is in both, in the order of the first. */
function aligned(
  base: readonly JsonValue[],
  head: readonly JsonValue[],
  nameOf: (entry: JsonValue) => string,
): [number[], number[], [number, number][]] {
  const waiting = new Map<string, number[]>();
  for (const [index, entry] of head.entries()) addTo(waiting, nameOf(entry), index);
  const left: number[] = [];
  const common: [number, number][] = [];
  for (const [index, entry] of base.entries()) {
    const to = waiting.get(nameOf(entry))?.shift();
    if (to === undefined) left.push(index);
    else common.push([index, to]);
  }
  return [left, [...waiting.values()].flat().sort((a, b) => a - b), common];
}

function isSameOrder(common: readonly [number, number][]): boolean {
  return common.every(([, to], index) => index === 0 || (common[index - 1]?.[1] ?? -1) < to);
}

/** The first key by which each entry of both lists is known, and no two of one list are the same. */
function namingKey(base: readonly JsonValue[], head: readonly JsonValue[]): string | null {
  if (base.length === 0 || head.length === 0) return null;
  const fits = (list: readonly JsonValue[], key: string): boolean => {
    const names = list.map((entry) => (isObject(entry) ? entry[key] : undefined));
    return (
      names.every((one) => typeof one === 'string' || typeof one === 'number') &&
      new Set(names).size === list.length
    );
  };
  return namingKeys.find((key) => fits(base, key) && fits(head, key)) ?? null;
}

function leafAt(path: JsonPath, holder: JsonObject, key: string): Leaf | null {
  const value = Object.hasOwn(holder, key) ? holder[key] : undefined;
  return value === undefined ? null : { path: [...path, key], value };
}

function entryOf({ path, value }: ListLeaf, index: number): Leaf {
  return { path: [...path, index], value: value[index] ?? null };
}

/** As the API server's `x-kubernetes-list-map-keys` have them, the plainest first. */
const namingKeys = [
  'name',
  'key',
  'secretKey',
  'containerPort',
  'port',
  'mountPath',
  'devicePath',
  'ip',
  'host',
  'uid',
  'topologyKey',
];

interface Leaf {
  path: JsonPath;
  value: JsonValue;
}

interface ListLeaf {
  path: JsonPath;
  value: JsonValue[];
}

/** One place where two values differ; null where a side has nothing there. */
export interface Difference {
  before: Leaf | null;
  after: Leaf | null;
}
