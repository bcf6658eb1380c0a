/** The merge generator. Source: `applicationset/generators/merge.go`. */
import { type JsonObject, type JsonValue, listAt, stableStringify, textsAt } from '../../../../base/index.ts';
import { childAt } from './children.ts';
import { combineDeep } from './combine.ts';
import {
  below,
  type Generated,
  type GenerateEntry,
  type GeneratorScope,
  type Result,
  refused,
} from './types.ts';

/** The sets of the first child, each overridden by those of the later ones that have the same merge keys. */
export function fromMerge(
  generator: JsonObject,
  scope: GeneratorScope,
  depth: number,
  generate: GenerateEntry,
): Generated {
  const children = listAt(generator, 'generators');
  if (children.length < 2) return refused('found less than two generators, Merge requires two or more');
  const keys = textsAt(generator, 'mergeKeys');
  let base: Map<string, JsonObject> | null = null;
  for (const index of children.keys()) {
    const child = childAt(children, index, 'merge');
    if (!child.ok) return child;
    const result = generate(child.value, scope, depth + 1);
    if (!result.ok) return below(result, 'generators', index);
    const sets = byMergeKey(keys, result.value);
    if (!sets.ok) return below(sets, 'generators', index);
    if (base === null) {
      base = sets.value;
      continue;
    }
    for (const [key, own] of base) {
      const over = sets.value.get(key);
      if (over === undefined) continue;
      const united: Result<JsonObject> = scope.options.goTemplate
        ? combineDeep(own, over)
        : { ok: true, value: { ...own, ...over } };
      if (!united.ok) return below(united, 'generators', index);
      base.set(key, united.value);
    }
  }
  return { ok: true, value: [...(base ?? new Map<string, JsonObject>()).values()] };
}

/**
 * Sets by their merge keys alone, as Go writes them in JSON; an absent key is null, and two sets of one key
 * are an error.
 */
export function byMergeKey(
  mergeKeys: readonly string[],
  sets: readonly JsonObject[],
): Result<Map<string, JsonObject>> {
  if (mergeKeys.length === 0) return refused('no merge keys were specified, Merge requires at least one');
  const found = new Map<string, JsonObject>();
  for (const set of sets) {
    const own: Record<string, JsonValue> = {};
    for (const key of mergeKeys) own[key] = (Object.hasOwn(set, key) ? set[key] : null) ?? null;
    const key = stableStringify(own).replace(
      /[&<>\u2028\u2029]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    if (found.has(key))
      return refused(
        `the parameters from a generator were not unique by the given mergeKeys, Merge requires all param sets to be unique. Duplicate key was ${key}`,
      );
    found.set(key, set);
  }
  return { ok: true, value: found };
}
