/** kustomize (and helm) run as real engines over copies of the sources: sources → rendered objects with their origin. */
export { EngineMissingError } from './engine.ts';
export { engineIdentities } from './identity.ts';
export { isHidden, knownOptions } from './options.ts';
export { renderAll } from './render.ts';
export type { RenderOptions } from './run.ts';
export { renderSources, requestKey } from './sources.ts';
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
