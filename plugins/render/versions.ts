import type { Cache } from '../source/index.ts';
import { findEngine } from './engine.ts';
import { findHelm } from './helm.ts';

/** Which binaries render here and of which versions; what is missing is said in words. */
export async function engineVersions(cache: Cache): Promise<string[]> {
  const told = async (find: (cache: Cache) => Promise<{ path: string; version: string }>) =>
    find(cache).then(
      ({ path, version }) => `${path} ${version}`,
      (error: unknown) => String(error),
    );
  return Promise.all([told(findEngine), told(findHelm)]);
}
