/** What knows nothing of GitOps: JSON values, nearest names, paths, words. The first room: it imports from no other. */

export { addTo, createNumbering, uniqueBy } from './collections.ts';
export { compareBytes, compareCells, compareText } from './compare.ts';
export { digestOf } from './digest.ts';
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
  textsAt,
} from './json-value.ts';
export { isMisspelt, isPathMisspelt } from './misspelt.ts';
export { nearest } from './nearest.ts';
export { isBelow, isInside, isUnder, realOf, realPath, slashed } from './paths.ts';
export { counted, didYouMean, firstOf, inCode, pluralOf } from './words.ts';
