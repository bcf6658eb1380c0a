import { oncePer } from '../base/index.ts';
import { type BuiltFolder, foldersOf } from '../model/index.ts';
import type { Platform } from './types.ts';

/** By folder what builds make that nothing is known to deploy; also what the model holds once for several. */
export const undeployedFolders = oncePer(({ undeployed, model, rendered }: Platform): BuiltFolder[] =>
  foldersOf(
    undeployed,
    model.resources,
    [...rendered.builds.values()].flatMap(({ objects }) => objects.map(({ value }) => value)),
  ),
);
