import { at, type JsonPath } from '../../../base/index.ts';

/**
 * Why a controller of Argo Events does not deploy what is written, the place below the object, in its words.
 */
export interface Refusal {
  rule: string;
  path: JsonPath;
  message: string;
}

/** Go sees the zero value where a key is missing or null; a text may also be empty. */
export function isMissing(value: unknown, ...path: JsonPath): boolean {
  const found = at(value, ...path);
  return found === undefined || found === null || found === '';
}

/** A list or mapping that is there, be it empty: Go tells it from nil. */
export function isNil(value: unknown, ...path: JsonPath): boolean {
  const found = at(value, ...path);
  return found === undefined || found === null;
}

/** The first key of several that is missing. */
export function firstMissing(value: unknown, path: JsonPath, keys: readonly string[]): Refusal | null {
  const key = keys.find((one) => isMissing(value, one));
  return key === undefined ? null : missing(key, path);
}

export function missing(key: string, path: JsonPath): Refusal {
  return { rule: `${key}-missing`, path, message: `${key} must be specified` };
}
