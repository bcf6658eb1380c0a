/**
 * Files on disk → parsed documents that know file, line and column.
 * The first room: it imports from no other.
 */

export { loginMark, loginWords } from './address-logins.ts';
export { type Cache, cacheKey, openCache } from './cache/cache.ts';
export { cacheDirectory } from './cache/cache-directory.ts';
export {
  type Applied,
  type ClusterFixture,
  type Config,
  type GeneratorFixtures,
  loadConfig,
} from './config/config.ts';
export { ConfigError } from './config/config-error.ts';
export {
  type DiagnosticInput,
  type DiagnosticOf,
  type DiagnosticSource,
  diagnostic,
  distinctDiagnostics,
  type EarlyDiagnostic,
  isError,
  type Place,
  type Severity,
  type Via,
  wholeFile,
} from './diagnostic.ts';
export { unreadFiles } from './file-faults.ts';
export { isKustomizationPath, kustomizationIn, kustomizationNames, usesOf } from './file-role.ts';
export { filesUnder, pathsOf } from './files-under.ts';
export { gatherFiles, isGathered } from './gather.ts';
export { headLog } from './git/git.ts';
export { type Revisions, readRevisions } from './git/git-revisions.ts';
export {
  changedFiles,
  ignoredByGit,
  lastChanges,
  readCommit,
  readPrefix,
  readRemotes,
  sparseFiles,
} from './git/git-state.ts';
export { copyTree, type TreeCopy } from './git/git-tree.ts';
export { askHidden } from './hidden-value.ts';
export {
  isRemote,
  kustomizationReferences,
  type Reference,
} from './kustomization-references.ts';
export { type FetchedChartFiles, fetchedChart } from './lock/chart-files.ts';
export { fileAddress, gitAddress, isFileAddress, isPlainAddress, remoteBase } from './lock/git-address.ts';
export {
  type AskedChart,
  type AskedTree,
  artifactAddress,
  chartElsewhere,
  contentElsewhere,
  coversPath,
  emptyLock,
  isArtifact,
  keyOfChart,
  keyOfTree,
  type Lock,
  type LockedChart,
  type LockedFile,
  type LockedTree,
  lockName,
  questionOf,
  readLock,
  repositoryAddress,
  revisionWords,
  writeLock,
} from './lock/lock-file.ts';
export {
  fetchedFile,
  fileMountedAt,
  mountOfFile,
  treeAt,
  treeFile,
  treeFilesBelow,
  treeFolders,
  treeWords,
} from './lock/mounts.ts';
export {
  type Ahead,
  clearVendored,
  largestPacked,
  type OpenStore,
  openStore,
  type Store,
  storeOf,
  type Tree,
  vendoredPaths,
} from './lock/store.ts';
export { largestFile, largestTree, mostFiles, type TreeFiles, treeDigest } from './lock/tree-files.ts';
export { unpackArchive } from './lock/unpack-archive.ts';
export { unpackChart } from './lock/unpack-chart.ts';
export { namedPaths } from './named-paths.ts';
export { holdsPlaceholder } from './placeholder-text.ts';
export { readRaw } from './raw-file.ts';
export { parseSources, readSourceFile, readSources, shareSecrets } from './read.ts';
export { type KnownSources, knownOf, recallSources } from './recall-sources.ts';
export { redactInPlace, secretPaths } from './redact.ts';
export type { SourceFault } from './source-fault.ts';
export type { Gathered, SecretFiles, SourceDocument, SourceFile, Sources } from './types.ts';
export {
  broughtBy,
  chartWords,
  type Reason,
  type Remedy,
  refusedBy,
  remedyOf,
  saidOf,
  type Unverified,
  type UnverifiedChart,
  type UnverifiedKind,
  type UnverifiedPart,
  unverifiedChart,
  unverifiedKustomization,
} from './unverified.ts';
export { walk } from './walk.ts';
export { blankText } from './yaml/blank.ts';
export { toJson } from './yaml/to-json.ts';
export { parseYaml, placeholderLines } from './yaml/yaml.ts';
