/** kustomize (and helm) run as real engines over copies of the sources: sources → rendered objects with their origin. */

export { engineIdentities } from './engine-identity.ts';
export { EngineMissingError } from './find-engine.ts';
export { isHidden, knownOptions } from './options.ts';
export { renderAll } from './render-all.ts';
export type { RenderOptions } from './render-run.ts';
export { renderSources, requestKey } from './render-sources.ts';
export type {
  Build,
  HelmRequest,
  KustomizeRequest,
  Origin,
  Rendered,
  RenderedObject,
  SourceBuild,
  SourceRequest,
} from './types.ts';
