import { type OpenStore, type SecretFiles, storeOf } from '../plugins/source/index.ts';

/** Of a repository that nothing was fetched for. */
export const noStore: OpenStore = { ...storeOf(null, '/', '/'), files: () => new Set() };

/** Of one that makes no Secret of a file. */
export const noSecrets: SecretFiles = { paths: new Set(), hashes: new Set() };
