import type { Cache } from '../../source/index.ts';
import { EngineMissingError, findEngine } from './find-engine.ts';
import { findHelm } from './run-helm.ts';
import { anyVersion, type WantedVersions } from './wanted-version.ts';

/**
 * Which kustomize and which Helm would render the repository under `root`, or how to get one.
 * @param wanted versions that its configuration names.
 */
export async function enginesHere(
  cache: Cache,
  root: string,
  wanted: WantedVersions = anyVersion,
): Promise<EngineHere[]> {
  return Promise.all([
    here('kustomize', () => findEngine(cache, root, wanted.kustomize)),
    here('helm', () => findHelm(cache, root, wanted.helm)),
  ]);
}

async function here(name: EngineHere['name'], find: () => Promise<Found>): Promise<EngineHere> {
  try {
    const { version, from, path } = await find();
    return { name, engine: { version, from, path }, help: null };
  } catch (error) {
    if (!(error instanceof EngineMissingError)) throw error;
    return { name, engine: null, help: `${error.message}. ${error.help}` };
  }
}

interface EngineHere {
  name: 'kustomize' | 'helm';
  engine: Found | null;
  /** Why there is none, and how to get one. */
  help: string | null;
}

interface Found {
  /** Such as `v5.7.1`. */
  version: string;
  /** Where it was found, for people. */
  from: string;
  path: string;
}
