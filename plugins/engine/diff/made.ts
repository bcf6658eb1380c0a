/**
 * What is compared of two platforms: the resources of their models, and what further builds make of the same
 * documents, where nothing is known to deploy them.
 */
import { type BuiltFolder, documentKey, type Resource } from '../../model/index.ts';
import { type Platform, undeployedFolders } from '../../platform/index.ts';

/** Of folders that are built of the same files on both sides, what the models do not hold is left out. */
export function madeOf(base: Platform, head: Platform): Record<'base' | 'head', Made[]> {
  const [before, after] = [foldersIn(base), foldersIn(head)];
  const shared = new Set(
    [...before.values(), ...after.values()].flatMap(({ objects }) =>
      objects.filter(({ isHeld }) => !isHeld).map(({ resource }) => documentKey(resource)),
    ),
  );
  const isAlike = (directory: string) => isSame(before.get(directory), base, after.get(directory), head);
  const alike = new Set([...before.keys()].filter(isAlike));
  return {
    base: made(base, before, after),
    head: made(head, after, before),
  };

  function made(
    { model }: Platform,
    folders: ReadonlyMap<string, BuiltFolder>,
    others: ReadonlyMap<string, BuiltFolder>,
  ): Made[] {
    const folderOf = new Map<Resource, string>();
    const copies: Made[] = [];
    for (const { directory, objects } of folders.values()) {
      const twins = alike.has(directory) ? others.get(directory)?.objects : undefined;
      for (const [index, { resource, isHeld }] of objects.entries()) {
        if (isHeld) folderOf.set(resource, directory);
        // What the model holds of it on one side alone has to find what it was.
        else if (twins?.[index] === undefined || twins[index].isHeld)
          copies.push({ resource, folder: directory, isCopy: true, isShared: true });
      }
    }
    return [
      ...model.resources.map((resource) => ({
        resource,
        folder: folderOf.get(resource) ?? null,
        isCopy: false,
        isShared: shared.has(documentKey(resource)),
      })),
      ...copies,
    ];
  }
}

function foldersIn(platform: Platform): Map<string, BuiltFolder> {
  return new Map(undeployedFolders(platform).map((folder) => [folder.directory, folder]));
}

/** Of the same files; what is fetched may be another version for all that. */
function isSame(
  one: BuiltFolder | undefined,
  base: Platform,
  other: BuiltFolder | undefined,
  head: Platform,
): boolean {
  if (one === undefined || other === undefined || one.inputs.length !== other.inputs.length) return false;
  const isFetched = ({ objects }: BuiltFolder) =>
    objects.some(({ resource }) => resource.origin.fetched !== undefined);
  return (
    one.objects.length === other.objects.length &&
    !isFetched(one) &&
    !isFetched(other) &&
    one.inputs.every(
      (file, index) =>
        file === other.inputs[index] &&
        base.sources.files.get(file)?.hash === head.sources.files.get(file)?.hash,
    )
  );
}

/** A resource, and what makes it. */
export interface Made {
  resource: Resource;
  /** The folder whose build makes it; null where something deploys it, and for what no build makes. */
  folder: string | null;
  /** True where the model holds another build's instead. */
  isCopy: boolean;
  /** True where further builds make it on either side. */
  isShared: boolean;
}
