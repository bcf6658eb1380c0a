import { addTo } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import { type Platform, undeployedFolders } from '../../platform/index.ts';

/**
 * Which of several things of one name another has to do with. Overlays of clusters that are not known each
 * make one of the name: what is built in a folder belongs with what is built there too, not with its like
 * for another cluster.
 */
export function createTogether(platform: Platform): Together {
  const { resources } = platform.model;
  const named = Map.groupBy(
    resources.filter(({ deployer }) => deployer === null),
    ({ group, kind, namespace, name }) => JSON.stringify([group, kind, namespace, name]),
  );
  const twins = new Map<string, readonly Resource[]>();
  for (const alike of named.values()) if (alike.length > 1) for (const { id } of alike) twins.set(id, alike);
  // Which folders make what takes longest to find out, and most repositories have no such twins.
  if (twins.size === 0) return (_, to) => to;
  const folders = new Map<string, string[]>();
  for (const { directory, objects } of undeployedFolders(platform))
    for (const { resource } of objects) addTo(folders, resource.id, directory);
  // What no kustomization takes up lies beside what is in its file.
  for (const { id, origin } of resources) if (!folders.has(id)) folders.set(id, [origin.file]);
  const areBuiltAsOne = (one: string, other: string) => {
    const own = folders.get(other);
    return own !== undefined && folders.get(one)?.some((folder) => own.includes(folder)) === true;
  };
  const likeOf = (one: string, other: string) =>
    twins.get(one)?.find(({ id }) => areBuiltAsOne(id, other))?.id;
  return (from, to) => {
    if ((!twins.has(from) && !twins.has(to)) || areBuiltAsOne(from, to)) return to;
    return likeOf(to, from) ?? (likeOf(from, to) === undefined ? to : null);
  };
}

/**
 * The id of what `to` stands for where `from` is: its own or that of its like; null where only the like of
 * `from` has it.
 */
export type Together = (from: string, to: string) => string | null;
