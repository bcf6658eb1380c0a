import { posix } from 'node:path';
import { addTo, oncePer } from '../../base/index.ts';
import { hasUnknownDeployers } from '../../checks/index.ts';
import type { Resource } from '../../model/index.ts';
import { type Platform, setsOver, unrenderedOver } from '../../platform/index.ts';
import type { Named } from './about/named.ts';

/**
 * Whether it is known that nobody deploys a resource that nobody is seen to deploy, and else the sets that
 * may make an Application of a folder that it is built in: which they make only a cluster knows; and what
 * deploys it but does not render.
 */
export function mayDeploy(
  { deployer, generatedBy, layer, origin }: Resource,
  platform: Platform,
  nameOf: (id: string) => string,
): MayDeploy {
  if (deployer !== null || generatedBy !== null || layer === 'bootstrap')
    return { isSure: true, sets: [], unrendered: [] };
  return {
    isSure: !hasUnknownDeployers(platform),
    sets: setsFor(origin.file, platform).map((id) => ({ reference: nameOf(id), id })),
    unrendered: unrenderedIds(origin.file, platform).map((id) => ({ reference: nameOf(id), id })),
  };
}

/** True where a set may make an Application of a folder that the resource is built in. */
export function setsMayDeploy({ origin }: Resource, platform: Platform): boolean {
  return setsFor(origin.file, platform).length > 0;
}

/** Ids of sets that may lead to a folder that takes up the file. */
function setsFor(file: string, platform: Platform): string[] {
  const over = setsOver(platform);
  const folders = [posix.dirname(file), ...(foldersOf(platform).get(file) ?? [])];
  return [...new Set(folders.flatMap((folder) => over(folder).map(({ id }) => id)))];
}

/** Ids of what deploys a file in a form that does not render. */
function unrenderedIds(file: string, platform: Platform): string[] {
  const parts = unrenderedOver(platform).get(file) ?? [];
  return [...new Set(parts.flatMap(({ deployer }) => deployer?.id ?? []))];
}

/** The kustomizations that take up each file. */
const foldersOf = oncePer(({ rendered }: Platform): ReadonlyMap<string, string[]> => {
  const folders = new Map<string, string[]>();
  for (const { directory, inputs } of rendered.builds.values())
    for (const file of inputs) addTo(folders, file, directory);
  return folders;
});

export interface MayDeploy {
  /** False where somebody who may deploy it is not known. */
  isSure: boolean;
  sets: Named[];
  /** What deploys a folder that it is in, and of which nothing is rendered here. */
  unrendered: Named[];
}
