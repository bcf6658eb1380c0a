/** kustomize (and helm) run as real engines over copies of the sources: sources → rendered objects with their origin. */
export { EngineMissingError } from './engine.ts';
export { type RenderOptions, renderAll } from './render.ts';
export type { Build, Origin, Rendered, RenderedObject } from './types.ts';
