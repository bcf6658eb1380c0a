import type { Cache } from '../../source/index.ts';
import type { EngineUse } from '../types.ts';
import { findEngine } from './find-engine.ts';
import { findHelm } from './run-helm.ts';
import type { WantedVersions } from './wanted-version.ts';

/**
 * Whether what rendered something would render it now.
 * @param root of the repository, none of whose programs is run.
 */
export async function areSameEngines(
  used: readonly EngineUse[],
  wanted: WantedVersions | undefined,
  { root, cache }: { root: string; cache: Cache },
): Promise<boolean> {
  try {
    for (const { name, version, from } of used) {
      const find = name === 'helm' ? findHelm : findEngine;
      const found = await find(cache, root, wanted?.[name] ?? null);
      if (found.version !== version || found.from !== from) return false;
    }
    return true;
  } catch {
    // A missing engine is reported by the build that needs it.
    return false;
  }
}
