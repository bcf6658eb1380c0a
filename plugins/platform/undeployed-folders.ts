import { addTo, oncePer } from '../base/index.ts';
import { type BuiltFolder, foldersOf, type Resource } from '../model/index.ts';
import type { Platform } from './types.ts';

/**
 * By folder, the objects of builds that nothing is known to deploy, also those that the model holds once for
 * several folders.
 */
export const undeployedFolders = oncePer(({ undeployed, model, rendered }: Platform): BuiltFolder[] =>
  foldersOf(
    undeployed,
    model.resources,
    [...rendered.builds.values()].flatMap(({ objects }) => objects.map(({ value }) => value)),
  ),
);

/** The same by the id of the resource in the model. */
export const makingsOf = oncePer((platform: Platform): ReadonlyMap<string, Making[]> => {
  const makings = new Map<string, Making[]>();
  if (platform.undeployed.length === 0) return makings;
  for (const { directory, objects } of undeployedFolders(platform))
    for (const object of objects) addTo(makings, object.resource.id, { directory, ...object });
  return makings;
});

/** What a folder makes of a document. */
export interface Making {
  directory: string;
  resource: Resource;
  /** Whether the model has this very one. */
  isHeld: boolean;
}
