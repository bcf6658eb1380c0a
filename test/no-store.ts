import { type OpenStore, storeOf } from '../plugins/source/index.ts';

/** Of a repository that nothing was fetched for. */
export const noStore: OpenStore = { ...storeOf(null, '/', '/'), files: () => new Set() };
