import { posix } from 'node:path';
import { isObject, type JsonObject, listAt } from '../base/index.ts';
import { kustomizationReferences, type ReferenceUse } from './kustomization-references.ts';
import type { SourceFile } from './types.ts';
import { toJson } from './yaml/to-json.ts';
import { parseYaml } from './yaml/yaml.ts';

/** Names that kustomize takes for a kustomization, in its order. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export function isKustomizationPath(path: string): boolean {
  return kustomizationNames.includes(posix.basename(path));
}

/** The kustomization of a folder, by the first of kustomize's names that lies there. */
export function kustomizationIn(
  directory: string,
  file: (path: string) => SourceFile | undefined,
): SourceFile | undefined {
  for (const name of kustomizationNames) {
    const found = file(posix.join(directory, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How the kustomizations use each file: a path may be used in several ways. */
export function usesOf(files: ReadonlyMap<string, SourceFile>): Map<string, Set<ReferenceUse>> {
  const uses = new Map<string, Set<ReferenceUse>>();
  const add = (folder: string, value: JsonObject): void => {
    for (const { use, target } of kustomizationReferences(value)) {
      const path = posix.join(folder, target);
      uses.set(path, (uses.get(path) ?? new Set()).add(use));
      const plugins = use === 'plugin' ? (files.get(path)?.documents ?? []) : [];
      // Paths of a plugin are relative to the kustomization that lists it.
      for (const plugin of plugins) if (plugin.value.apiVersion === 'builtin') add(folder, plugin.value);
    }
    for (const plugin of inlinePlugins(value)) add(folder, plugin);
  };
  for (const file of files.values()) {
    if (file.role !== 'kustomization') continue;
    for (const document of file.documents) add(posix.dirname(file.path), document.value);
  }
  return uses;
}

/** Plugins that are written into a kustomization itself, as texts. */
function inlinePlugins(kustomization: JsonObject): JsonObject[] {
  return ['generators', 'transformers']
    .flatMap((field) => listAt(kustomization, field))
    .flatMap((item) => (typeof item === 'string' && item.includes('\n') ? parseYaml(item) : []))
    .map(({ contents }) => toJson(contents).value)
    .filter(isObject);
}
