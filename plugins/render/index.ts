/**
 * kustomize (and helm) run as real engines over copies of the sources: sources → rendered objects with their
 * origin.
 */

export { isHidden, knownOptions, refusedMetadata } from './analysis/options.ts';
export { type EngineProgram, type EngineRelease, engineReleases } from './engines/engine-releases.ts';
export { enginesHere } from './engines/engines-here.ts';
export { keepEngine } from './engines/kept-engine.ts';
export { lookForEngines } from './engines/look-for-engines.ts';
export { findHelm } from './engines/run-helm.ts';
export { areSameEngines } from './engines/same-engines.ts';
export { openStandby, type Standby } from './engines/standby.ts';
export { lockMismatches } from './helm/lock-mismatch.ts';
export type { KnownOutputs } from './kept-outputs.ts';
export { type AskedQuestions, openRendering } from './open-rendering.ts';
export { isAsSeen, type Outside, openOutside } from './outside.ts';
export { isForeignApi, type Questions } from './questions/asked-apis.ts';
export { nameOfChart } from './questions/asked-chart.ts';
export { noAnswers, type RenderOptions } from './render-pass.ts';
export { requestKey } from './render-sources.ts';
export { allFrom } from './schemas/fetched-schemas.ts';
export { mayHoldSchema, schemasOf } from './schemas/settle-schemas.ts';
export type {
  Build,
  Capabilities,
  EngineUse,
  HelmRequest,
  KustomizeRequest,
  MissingInput,
  Origin,
  Rendered,
  RenderedObject,
  SourceBuild,
  SourceRequest,
} from './types.ts';
