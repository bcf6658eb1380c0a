/**
 * A platform and its pages → reports, fixes and explanations: what the command line and the site both ask.
 */

export { checkDraft, checkDrawing } from './check-draft.ts';
export {
  type CheckOptions,
  checkPages,
  namedPages,
  type PagesReport,
  pageReports,
  reportOfPages,
} from './check-pages.ts';
export { whyWords } from './coverage/cases.ts';
export { compareSides, type Side } from './diff/compare-sides.ts';
export type * from './diff/types.ts';
export { createEngine, type Engine } from './engine.ts';
export { withoutContinued } from './explain/event-chain.ts';
export { explainResource } from './explain/explain-resource.ts';
export { explainUrl, type UrlExplanation } from './explain/explain-url.ts';
export { createExplainer } from './explain/explainer.ts';
export type { Explanation } from './explain/explanation.ts';
export { setsMayDeploy } from './explain/may-deploy.ts';
export { waveWords } from './explain/words.ts';
export { compareLock, fetchParts } from './fetch/fetch-parts.ts';
export type { Asked, FailedPart, Fetched, LockedPart } from './fetch/part-kind.ts';
export { fileAnchor, fileSlugs, folderOfPage } from './file-slugs.ts';
export { type FixedPage, fixPages } from './fix-pages.ts';
export { guessAddress } from './init/addresses.ts';
export { type CiStep, ciStep, hostOf, mainBranch } from './init/ci-step.ts';
export { writeConfiguration } from './init/configuration.ts';
export { findDocs } from './init/docs-folder.ts';
export { type FirstPage, writeFirstPage } from './init/first-page.ts';
export { firstPagePath } from './init/first-page-path.ts';
export { areApplied, rootCharts } from './init/root-charts.ts';
export { bootstrapFolder, survey } from './init/survey.ts';
export { judgePage, type PageReport } from './judge-page.ts';
export { longestManifest } from './longest-manifest.ts';
export { platformDiagnostics } from './manifest-faults.ts';
export { folderNames } from './manifests/folder-names.ts';
export { type Manifests, manifestsOf } from './manifests/manifests-of.ts';
export { mentionsOf } from './mentions.ts';
export { renderPageAsMarkdown } from './render-page.ts';
export type {
  BaselineFault,
  Case,
  Coverage,
  PageSummary,
  Report,
  Share,
} from './report-types.ts';
export {
  crowdedSlugs,
  declaredAt,
  kindSlug,
  namespaceSlug,
  namespacesSlug,
  policiesSlug,
  type ResourceIndex,
  resourceIndexes,
  resourceSlugs,
} from './resource-slugs.ts';
