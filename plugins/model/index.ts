/**
 * The model: what the repository's manifests say, as data. The one thing that every later room reads.
 * `Model` is plain JSON (the contract of `plumbline model`); `Platform` adds the ways back to the files.
 */
export { isIncluded, type ResourceFilter } from './argocd/resource-filters.ts';
export { canSync, isWindowActive } from './argocd/sync-windows.ts';
export { type BuildInput, buildModel } from './build.ts';
export { namesIn } from './events/conditions.ts';
export { type LoadOptions, loadPlatform } from './load.ts';
export { pathText } from './locate.ts';
export { type Resolution, referenceOf, resolveReference } from './reference.ts';
export { type RelationTypeInfo, relationTypes } from './relation-types.ts';
export type * from './types.ts';
