/**
 * What knows nothing of GitOps: JSON values, nearest names, paths, words, patterns. The first room: it
 * imports from no other.
 */

export { byName } from './by-name.ts';
export { dayNames, monthNames } from './calendar-names.ts';
export { codeDigest, codeDigests, codeDigestsName, wholeCodeDigest } from './code-digest.ts';
export { addTo, createNumbering, uniqueBy } from './collections.ts';
export { compareBytes, compareCells, compareText } from './compare.ts';
export { digestOf } from './digest.ts';
export { expandMatch, replaceMatches } from './expand-match.ts';
export { type GlobPart, globPattern, globTest } from './glob-parts.ts';
export {
  type GoUrl,
  GoUrlError,
  hostnameOf,
  parseGoUrl,
  printGoUrl,
  readGoUrl,
  urlBytes,
  urlText,
  userinfoOf,
} from './go-url.ts';
export {
  asText,
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
export { keepAnswers } from './keep-answers.ts';
export { later, lazily, remade } from './lazily.ts';
export { isMisspelt, isOneSlip, isPathMisspelt } from './misspelt.ts';
export { moduleBeside } from './module-beside.ts';
export { nearest } from './nearest.ts';
export { once } from './once.ts';
export { oncePer } from './once-per.ts';
export { type PackedRows, packRows, unpackRows } from './packed-rows.ts';
export {
  entryAt,
  isBelow,
  isInside,
  isTaken,
  isUnder,
  makeFolder,
  realAsFar,
  realOf,
  realPath,
  slashed,
} from './paths.ts';
export { openPatience, type Patience } from './patience.ts';
export { counted, didYouMean, firstOf, inCode, pluralOf } from './phrases.ts';
export { readPlainFile } from './plain-file.ts';
export { plainScalar } from './plain-scalar.ts';
export { printable, printableJson } from './printable.ts';
export {
  isRunning,
  ownProcess,
  processNamespace,
  type RunningProcess,
  statOfProcess,
} from './processes.ts';
export { isExecutable, onPath } from './programs.ts';
export { createProgress, type Progress } from './progress.ts';
export {
  compareDecimals,
  type Decimal,
  matchedText,
  numberText,
  parseDuration,
  parseFloatText,
  parseQuantity,
  printDuration,
  printQuantity,
} from './quantity.ts';
export { compileRe2, type Match, PatternError, patternSize, type Re2 } from './re2.ts';
export { type Program, programsTime, startProgram } from './start-program.ts';
export { takeSteps, withinSteps } from './steps.ts';
export { temporaryFolder } from './temporary-folder.ts';
export type {
  Dictionary,
  Said,
  SaidValues,
} from './translate.ts';
export { eachWhileSame, whileAlike } from './while-alike.ts';
export { whileSame } from './while-same.ts';
