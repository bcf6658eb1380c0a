/**
 * What is compared of two platforms: the resources of their models, and what further builds make of the same
 * documents, where nothing is known to deploy them.
 */
import { posix } from 'node:path';
import { type JsonObject, objectAt, stableStringify } from '../../base/index.ts';
import { type BuiltFolder, documentKey, type Resource } from '../../model/index.ts';
import { type Platform, undeployedFolders } from '../../platform/index.ts';

/**
 * Of folders that are built of the same files on both sides, what the models do not hold is left out; and so
 * is what a build only repeats.
 */
export function madeOf(base: Platform, head: Platform): Record<'base' | 'head', Made[]> {
  const [before, after] = [foldersIn(base), foldersIn(head)];
  const isAlike = (directory: string) => isSame(before.get(directory), base, after.get(directory), head);
  const alike = new Set([...before.keys()].filter(isAlike));
  const own = new Set([...ownIn(base, before), ...ownIn(head, after)]);
  const shared = new Set([...own].map((key) => key.slice(key.indexOf('\0') + 1)));
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
        else if (own.has(keyIn(directory, resource)) && (twins?.[index] === undefined || twins[index].isHeld))
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

/** Keys of what a folder makes that is more than what something deploys anyway. */
function ownIn(platform: Platform, folders: ReadonlyMap<string, BuiltFolder>): string[] {
  return [...folders.values()].flatMap(({ directory, objects }) =>
    objects.flatMap(({ resource, isHeld }) =>
      isHeld || isRepeated(resource, directory, platform) ? [] : [keyIn(directory, resource)],
    ),
  );
}

/** A folder that lists folders each of which something deploys makes the same again, unless it changes it. */
function isRepeated(copy: Resource, directory: string, { rendered, resource }: Platform): boolean {
  const held = resource(copy.id);
  const folder = held === undefined || held.deployer === null ? null : builtIn(held);
  if (held === undefined || folder === null) return false;
  if (rendered.builds.get(directory)?.includes.includes(folder) !== true) return false;
  return (
    stableStringify(withoutNamespace(copy.rendered)) === stableStringify(withoutNamespace(held.rendered))
  );
}

function withoutNamespace(value: JsonObject): JsonObject {
  const { namespace: _namespace, ...metadata } = objectAt(value, 'metadata');
  return { ...value, metadata };
}

function keyIn(directory: string, resource: Resource): string {
  return `${directory}\0${documentKey(resource)}`;
}

/** The folder of the outermost kustomization that was built; null for what none made. */
export function builtIn({ origin }: Resource): string | null {
  const [outermost] = origin.via;
  return outermost?.what === 'kustomization' ? posix.dirname(outermost.file) : null;
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
