/** The kustomization that Flux writes for a folder that has none. */
import { posix } from 'node:path';
import type { Place, SourceFile } from '../../source/index.ts';

/**
 * A file that is nowhere, in the place of the one that would be written. What is wrong about it is told at
 * `origin`: the spec that points at the folder.
 */
export function generatedFile(directory: string, resources: readonly string[], origin: Place): SourceFile {
  const path = posix.join(directory, 'kustomization.yaml');
  const value = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: resources.map((one) => `./${one}`),
  };
  const document = { file: origin.file, index: 0, value, place: origin, locate: () => undefined };
  return { path, role: 'kustomization', hash: '', text: '', documents: [document] };
}
