export type {
  BuildFinding,
  ExcludedFinding,
  Finding,
  ForbiddenFinding,
  FoundAt,
  MetadataFinding,
  NameFinding,
  ProjectFinding,
  RepeatedFinding,
  SetEmpty,
  SetRefused,
  SetUnverified,
  SharedFinding,
} from './finding-types.ts';
/**
 * The model: what the repository's manifests say, as data. The one thing that every later room reads.
 * `Model` is plain JSON (the contract of `plumbline model`); `Platform` adds the ways back to the files.
 */

export {
  optionRetentionOf,
  type Retention,
  resourcesFinalizer,
  retentionOf,
} from './argocd/sync/deletion.ts';
export { windowTimes } from './argocd/sync/window-times.ts';
export { windowWords } from './argocd/sync/window-words.ts';
export { buildModel } from './build-model.ts';
export { stackOf } from './build-stacks.ts';
export { findCharts, type ListedCharts, listCharts } from './charts-of.ts';
export { isNotApplied, layerOf } from './collect-entries.ts';
export { type Clusters, openClusters } from './deployers/clusters.ts';
export { deployerKind, deployersInto, deployersOf } from './deployers/deployers-of.ts';
export type { WantedFile, WantedTree } from './deployers/fetched-tree.ts';
export { type Firing, firingsOf, type TriggerFiring } from './events/firing.ts';
export { createFollowUps } from './events/follow-ups.ts';
export { busName } from './events/hearing.ts';
export type { Refusal } from './events/refused/refusal.ts';
export { actionWords } from './events/triggers.ts';
export { type TriedDependency, tryEvent } from './events/try-event.ts';
export { type Found, findDeployers } from './find-deployers.ts';
export { keptBecause, unappliedBecause } from './flux/object-switches.ts';
export { includedIn } from './flux/sources.ts';
export { answerRequest } from './gateway/answer-request.ts';
export type { AnsweringBackend, LostRule, RequestAnswer, UrlRequest } from './gateway/answer-types.ts';
export { routeMatchWords } from './gateway/matches.ts';
export { settledNetwork, settledRelations } from './gateway/settle.ts';
export type { Unread } from './gateway/surroundings.ts';
export { podResults } from './kyverno/pod-results.ts';
export { isRefused } from './kyverno/refused.ts';
export { isJudgement, resultCounts, ruleOfResult } from './kyverno/result-counts.ts';
export { pathText } from './locate-path.ts';
export { createLocator } from './locator.ts';
export { placesById } from './places-by-id.ts';
export { type RelationTypeInfo, relationTypes } from './relation-types.ts';
export { plainRelation } from './relations/collector.ts';
export { resourcesByName } from './resource-index.ts';
export { createReferences, haveSameName, type References } from './resource-reference.ts';
export { createScopes, type Scopes } from './scope.ts';
export { isMadeSecret } from './secrets/made-secret.ts';
export { podSpecOf } from './secrets/pod-spec.ts';
export { refusalsOf } from './secrets/validation.ts';
export { servedApis } from './served-apis.ts';
export type * from './types.ts';
export { createUndeployed } from './undeployed.ts';
export { type BuiltFolder, documentKey, foldersOf, undeployedBuilds } from './undeployed-builds.ts';
export { type HardNeed, invertedNeeds } from './wave-needs.ts';
export { type MissingTemplate, missingTemplates } from './workflows/missing-templates.ts';
