/** What knows nothing of GitOps: JSON values, nearest names, paths, words. The first room: it imports from no other. */

export { compareBytes, compareCells, compareText } from './compare.ts';
export {
  at,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  objectAt,
  stableStringify,
  textAt,
} from './json-value.ts';
export { isMisspelt, isPathMisspelt } from './misspelt.ts';
export { nearest } from './nearest.ts';
