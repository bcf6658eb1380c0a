import { type Cache, type Gathered, isKustomizationPath } from '../../source/index.ts';
import { findEngine } from './find-engine.ts';
import { findHelm } from './run-helm.ts';
import { anyVersion, type WantedVersions } from './wanted-version.ts';

/**
 * Begins to look for the engines that these files will want, which may have to be unpacked first, while the
 * files are parsed. Who wants one finds it again, or hears then why there is none.
 */
export function lookForEngines(
  { raw, charts }: Pick<Gathered, 'raw' | 'charts'>,
  wanted: WantedVersions | undefined,
  { cache, home }: { cache: Cache; home: string },
): void {
  const { kustomize, helm } = wanted ?? anyVersion;
  const begun = [
    ...(raw.some(({ path }) => isKustomizationPath(path)) ? [findEngine(cache, home, kustomize)] : []),
    ...(charts.size > 0 ? [findHelm(cache, home, helm)] : []),
  ];
  for (const one of begun) one.catch(() => undefined);
}
