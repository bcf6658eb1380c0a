/**
 * Two parameter sets → one. Sources: `applicationset/utils/map.go`, and mergo v1.0.2 with override as matrix
 * and merge call it.
 */
import { asText, isObject, type JsonObject, type JsonValue } from '../../../../base/index.ts';
import { goText } from './go-text.ts';
import { type Result, refused } from './types.ts';

/** Maps that Go holds as `map[string]string`: `values` of a generator, labels, annotations. */
const textMaps = new WeakSet<JsonObject>();

/** Marks a map as one of texts alone; what Argo CD may put into it is less than JSON allows. */
export function textMap(map: JsonObject): JsonObject {
  textMaps.add(map);
  return map;
}

/** Dotted paths of a set's maps of texts, for the template engine: it treats them as Go does. */
export function textMapPaths(parameters: JsonObject, prefix = ''): string[] {
  return Object.entries(parameters).flatMap(([key, value]) => {
    if (!isObject(value)) return [];
    return textMaps.has(value) ? [`${prefix}${key}`] : textMapPaths(value, `${prefix}${key}.`);
  });
}

/** Without Go templates: all texts; a key in both with another text is an error. */
export function combineTexts(first: JsonObject, second: JsonObject): Result<JsonObject> {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(first)) result[key] = goText(value);
  for (const [key, value] of Object.entries(second)) {
    const text = goText(value);
    const known = Object.hasOwn(result, key) ? result[key] : undefined;
    if (known !== undefined && known !== text)
      return refused(`found duplicate key ${key} with different value, a: ${asText(known)} ,b: ${text}`);
    result[key] = text;
  }
  return { ok: true, value: result };
}

/**
 * With Go templates: `over` wins, maps are united at every depth, lists and empty values replace too.
 * Values of any type cannot go into a map of texts: there mergo panics, and the set is not reconciled.
 */
export function combineDeep(base: JsonObject, over: JsonObject): Result<JsonObject> {
  if (textMaps.has(base) && !textMaps.has(over) && Object.keys(over).length > 0)
    return refused('a value of type interface {} is not assignable to type string');
  const result: JsonObject = { ...base };
  if (textMaps.has(base)) textMaps.add(result);
  for (const [key, value] of Object.entries(over)) {
    const own: JsonValue | undefined = Object.hasOwn(base, key) ? base[key] : undefined;
    if (!isObject(own) || !isObject(value)) {
      result[key] = value;
      continue;
    }
    const inner = combineDeep(own, value);
    if (!inner.ok) return inner;
    result[key] = inner.value;
  }
  return { ok: true, value: result };
}
