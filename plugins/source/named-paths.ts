import { posix } from 'node:path';
import { oncePer } from '../base/index.ts';
import { kustomizationReferences } from './kustomization-references.ts';
import type { SourceFile } from './types.ts';

/** Paths of all that the kustomizations of a file name, from the root. */
export const namedPaths = oncePer(({ path, documents }: SourceFile): readonly string[] =>
  documents.flatMap(({ value }) =>
    kustomizationReferences(value).map(({ target }) => posix.join(posix.dirname(path), target)),
  ),
);
