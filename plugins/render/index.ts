/**
 * kustomize (and helm) run as real engines over copies of the sources: sources → rendered objects with their
 * origin.
 */

export { isForeignApi, type Questions } from './asked-apis.ts';
export { nameOfChart } from './asked-chart.ts';
export { type EngineProgram, type EngineRelease, engineReleases } from './engine-releases.ts';
export { enginesHere } from './engines-here.ts';
export { keepEngine } from './kept-engine.ts';
export type { KnownOutputs } from './kept-outputs.ts';
export { lockMismatches } from './lock-mismatch.ts';
export { lookForEngines } from './look-for-engines.ts';
export { type AskedQuestions, openRendering } from './open-rendering.ts';
export { isHidden, knownOptions, refusedMetadata } from './options.ts';
export { isAsSeen, type Outside, openOutside } from './outside.ts';
export { noAnswers, type RenderOptions } from './render-pass.ts';
export { requestKey } from './render-sources.ts';
export { findHelm } from './run-helm.ts';
export { areSameEngines } from './same-engines.ts';
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
