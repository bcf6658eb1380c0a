import { posix } from 'node:path';
import { kustomizationNames, type Sources } from '../source/index.ts';
import type { Resource } from './types.ts';

/**
 * True for a plain file that nothing deploys and that a kustomization of its folder, or of one above, does
 * not take up: whoever takes it up may complete it with a patch, as it does with its other files.
 */
export function isLeftOut({ deployer, source, origin }: Resource, { files }: Sources): boolean {
  if (deployer !== null || source !== 'file') return false;
  for (let folder = posix.dirname(origin.file); ; folder = posix.dirname(folder)) {
    if (kustomizationNames.some((name) => files.has(posix.join(folder, name)))) return true;
    if (folder === '.') return false;
  }
}
