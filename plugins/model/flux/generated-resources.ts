/**
 * What the kustomization lists that Flux writes for a folder without one. Source: `fluxcd/pkg/kustomize`
 * scanManifests.
 */
import { posix } from 'node:path';
import { compareText, type JsonObject, textAt } from '../../base/index.ts';
import { isKustomizationName } from '../argocd/sources/source-type.ts';

/**
 * Every YAML file of the folder at any depth; of a folder with a kustomization that folder, and nothing in
 * it.
 * A file that kustomize could not load as manifests is an error, as it is in Flux.
 * @param names of the files, relative to the folder, without those that are left out of the source.
 */
export function generatedResources(
  names: Iterable<string>,
  fileAt: (name: string) => ScannedFile | undefined,
): { folders: string[]; files: string[] } | { error: string } {
  const files = [...names];
  const folders = new Set(
    files
      .filter((name) => name.includes('/') && isKustomizationName(posix.basename(name)))
      .map(posix.dirname),
  );
  const outermost = [...folders].filter((folder) => !isBelowAny(folder, folders));
  const plain = files.filter((name) => /\.ya?ml$/.test(name) && !isBelowAny(name, folders));
  for (const name of plain.sort(compareText)) {
    const fault = faultOf(fileAt(name));
    if (fault !== null) return { error: `failed to decode Kubernetes YAML from \`${name}\`: ${fault}` };
  }
  return { folders: outermost.sort(compareText), files: plain };
}

function faultOf(file: ScannedFile | undefined): string | null {
  if (file === undefined) return null;
  if (file.broken) return 'it is not valid YAML';
  if (file.values.length === 0)
    return /^(?!---|\.\.\.|\s*#|%)\s*\S/m.test(file.text) ? 'it holds no mapping' : null;
  for (const value of file.values) {
    const kind = textAt(value, 'kind') ?? '';
    if (kind === '') return 'a document has no kind';
    if (
      !kind.endsWith('List') &&
      !textAt(value, 'metadata', 'name') &&
      !textAt(value, 'metadata', 'generateName')
    )
      return `a ${kind} has no name`;
  }
  return null;
}

function isBelowAny(path: string, folders: ReadonlySet<string>): boolean {
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder))
    if (folders.has(folder)) return true;
  return false;
}

interface ScannedFile {
  text: string;
  /** Its documents that are mappings. */
  values: readonly JsonObject[];
  /** True where a part of it is no YAML. */
  broken: boolean;
}
