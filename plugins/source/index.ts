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
export {
  type DiagnosticInput,
  type DiagnosticOf,
  type DiagnosticSource,
  diagnostic,
  distinctDiagnostics,
  type EarlyDiagnostic,
  type EarlyRule,
  isError,
  type Place,
  type Severity,
  type Via,
  wholeFile,
} from './diagnostic.ts';
export { isKustomizationPath, kustomizationNames } from './file-role.ts';
export { changedFiles, readCommit, readPrefix, readRemotes } from './git-state.ts';
export {
  isRemote,
  kustomizationReferences,
  type Reference,
  type ReferenceUse,
} from './kustomization-references.ts';
export { locateInFile } from './locate-in-file.ts';
export { readSourceFile, readSources } from './read.ts';
export { redactInPlace } from './redact.ts';
export { toJson } from './to-json.ts';
export type { FileRole, SourceDocument, SourceFile, Sources } from './types.ts';
export {
  chartWords,
  type Unverified,
  type UnverifiedChart,
  type UnverifiedKind,
  unverifiedChart,
} from './unverified.ts';
export { walk } from './walk.ts';
export { parseYaml } from './yaml.ts';
