/**
 * Files on disk → parsed documents that know file, line and column.
 * The first room: it imports from no other.
 */
export { blankText } from './blank.ts';
export { type Cache, cacheKey, defaultCacheDirectory, openCache } from './cache.ts';
export {
  type ClusterFixture,
  type Config,
  ConfigError,
  configJsonSchema,
  type GeneratorFixtures,
  type LoadConfigOptions,
  loadConfig,
} from './config.ts';
export { toJson } from './convert.ts';
export {
  type Diagnostic,
  type DiagnosticInput,
  type DiagnosticSource,
  diagnostic,
  isError,
  type Place,
  type Severity,
  type Unverified,
  type Via,
  wholeFile,
} from './diagnostic.ts';
export { changedFiles, readCommit, readPrefix, readRemotes } from './git.ts';
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
} from './json.ts';
export { isKustomizationPath, kustomizationNames } from './judge.ts';
export { locateInFile } from './locate.ts';
export { nearest } from './nearest.ts';
export { readSourceFile, readSources } from './read.ts';
export { isRemote, kustomizationReferences, type Reference, type ReferenceUse } from './references.ts';
export { redactInPlace } from './secrets.ts';
export type { FileRole, SourceDocument, SourceFile, Sources } from './types.ts';
export { walk } from './walk.ts';
export { parseYaml } from './yaml.ts';
