/**
 * Strategic merge patches, as Kyverno applies them with kustomize: what the patch has comes first in a list.
 * Source: `kyaml/yaml/merge2` and `kyaml/yaml/walk` of kustomize.
 */
import { asText, isObject, type JsonObject, type JsonValue, textAt } from '../../../../base/index.ts';
import { type ListKeys, listKeys } from './list-keys.ts';

/** @param isFirst what the patch has comes before what is there, in lists whose items are told apart. */
export function strategicMerge(document: JsonObject, patch: JsonObject, isFirst = true): JsonObject {
  const schema = listKeys(textAt(document, 'apiVersion') ?? '', textAt(document, 'kind') ?? '');
  const merged = mergeMaps(document, patch, [], { keysOf: schema, isFirst });
  return isObject(merged) ? merged : {};
}

/** Undefined where nothing is left. */
function merge(
  own: JsonValue | undefined,
  patch: JsonValue | undefined,
  path: string[],
  schema: Schema,
): JsonValue | undefined {
  if (patch === null) return undefined;
  if (patch === undefined) return own;
  if (isObject(patch) && (isObject(own) || own === undefined || own === null))
    return mergeMaps(isObject(own) ? own : undefined, patch, path, schema);
  if (Array.isArray(patch) && (Array.isArray(own) || own === undefined || own === null))
    return mergeLists(Array.isArray(own) ? own : [], patch, path, schema);
  return patch;
}

function mergeMaps(
  own: JsonObject | undefined,
  written: JsonObject,
  path: string[],
  schema: Schema,
): JsonObject | undefined {
  const { $patch: directive, ...patch } = written;
  if (directive === 'delete') return undefined;
  const base = directive === 'replace' ? {} : (own ?? {});
  const merged: JsonObject = {};
  for (const key of new Set([...Object.keys(base), ...Object.keys(patch)])) {
    const value = merge(entryOf(base, key), entryOf(patch, key), [...path, key], schema);
    if (value !== undefined)
      Object.defineProperty(merged, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return merged;
}

function entryOf(map: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function mergeLists(
  own: readonly JsonValue[],
  written: readonly JsonValue[],
  path: string[],
  schema: Schema,
): JsonValue[] | undefined {
  const isReplaced = written.some((one) => textAt(one, '$patch') === 'replace');
  const patch = isReplaced ? written.filter((one) => textAt(one, '$patch') !== 'replace') : written;
  const keys = schema.keysOf(path);
  const inside = [...path, '*'];
  const fresh = (one: JsonValue) => merge(undefined, one, inside, schema) ?? null;
  if (keys === null || isReplaced) return patch.map(fresh);
  if (keys.length === 0) return [...new Set(schema.isFirst ? [...patch, ...own] : [...own, ...patch])];
  if (!schema.isFirst) return appended(own, patch, keys, inside, schema);
  const idOf = (one: JsonValue) =>
    keys.map((key) => (isObject(one) && one[key] !== undefined ? asText(one[key]) : ''));
  const isSame = (one: JsonValue, id: string[]) =>
    idOf(one).every((part, at) => part === id[at] || part === '' || id[at] === '') && idOf(one)[0] === id[0];
  const left = [...own];
  const merged: JsonValue[] = [];
  for (const one of patch) {
    const id = idOf(one);
    const at = id[0] === '' ? -1 : left.findIndex((other) => isSame(other, id));
    const value = merge(at < 0 ? undefined : left.splice(at, 1)[0], one, inside, schema);
    if (value !== undefined && !(isObject(value) && Object.keys(value).length === 0)) merged.push(value);
  }
  const all = [...merged, ...left];
  return all.length > 0 ? all : undefined;
}

/**
 * What is there keeps its place, and what is new comes after it: as the API server merges what is applied.
 */
function appended(
  own: readonly JsonValue[],
  patch: readonly JsonValue[],
  keys: readonly string[],
  path: string[],
  schema: Schema,
): JsonValue[] {
  const merged = [...own];
  for (const one of patch) {
    const isSame = (other: JsonValue) => keys.every((key) => keyOf(one, key) === keyOf(other, key));
    const at = merged.findIndex(isSame);
    const value = merge(merged[at], one, path, schema) ?? null;
    merged.splice(at < 0 ? merged.length : at, at < 0 ? 0 : 1, value);
  }
  return merged;
}

function keyOf(item: JsonValue, key: string): string {
  const value = isObject(item) ? entryOf(item, key) : undefined;
  return value === undefined ? (key === 'protocol' ? 'TCP' : '') : asText(value);
}

interface Schema {
  keysOf: ListKeys;
  isFirst: boolean;
}
