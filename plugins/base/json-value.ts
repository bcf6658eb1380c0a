import { compareText } from './compare.ts';
/** Values as JSON knows them: what a parsed YAML document is made of. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined where the path ends early. */
export function at(value: unknown, ...path: (string | number)[]): JsonValue | undefined {
  let current: unknown = value;
  for (const key of path) {
    if (Array.isArray(current) && typeof key === 'number') current = current[key];
    else if (isObject(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current as JsonValue | undefined;
}

/** The string at a path; undefined where there is none or it is of another type. */
export function textAt(value: unknown, ...path: (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** A value as a text: lists and mappings as JSON, since a mapping may have a `toString` of its own. */
export function asText(value: JsonValue | undefined): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: (string | number)[]): JsonValue[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The strings of the list at a path; what is of another type is left out. */
export function textsAt(value: unknown, ...path: (string | number)[]): string[] {
  return listAt(value, ...path).filter((entry) => typeof entry === 'string');
}

/** The mapping at a path; empty where there is none. */
export function objectAt(value: unknown, ...path: (string | number)[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** JSON with sorted keys: the same value gives the same bytes. */
export function stableStringify(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compareText(a, b))) : inner,
  );
}

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}
export type JsonPath = (string | number)[];
