/**
 * Files that look like manifests and that nobody applies: resources of policy tests, skeletons that a
 * template is made into.
 */
import { posix } from 'node:path';
import { isObject, isUnder, type JsonValue, listAt, oncePer, textAt } from '../base/index.ts';
import type { SourceFile, Sources } from '../source/index.ts';
import { identityOf } from './identity.ts';

/**
 * True for a path that is only material: of tests of Kyverno and Chainsaw what they name and what lies in the
 * folders that are theirs by convention, of Backstage's templates the skeletons, and overlays that Fleet lays
 * over a chart. An Application that deploys such a folder still deploys it.
 */
export const createUndeployed = oncePer((sources: Sources): ((path: string) => boolean) => {
  const folders = new Set<string>();
  const files = new Set<string>();
  const names = new Set(conventional);
  for (const file of sources.files.values()) {
    const isFleet = posix.basename(file.path) === 'fleet.yaml';
    if (!isFleet && (file.role !== 'manifest' || !mayName(file))) continue;
    const below = (path: string): string => posix.join(posix.dirname(file.path), path);
    for (const { value } of file.documents) {
      const { group, kind } = identityOf(value);
      if (isFleet) for (const path of overlaysOf(value)) folders.add(below(path));
      else if (group === 'cli.kyverno.io' && kind === 'Test') {
        for (const name of listAt(value, 'resources')) if (typeof name === 'string') files.add(below(name));
      } else if (group === 'chainsaw.kyverno.io' && kind === 'Test') {
        // What lies elsewhere is what is tested.
        const folder = posix.dirname(file.path);
        for (const path of namesUnder(value, 'file').map(below)) if (isUnder(folder, path)) files.add(path);
      } else if (group === 'scaffolder.backstage.io' && kind === 'Template') {
        names.add('skeleton');
        // A folder around the template itself holds more than what it fills in.
        for (const folder of skeletonsOf(value).map((url) => below(url).replace(/\/+$/, '')))
          if (!isUnder(folder, file.path)) folders.add(folder);
      }
    }
  }
  return (path) => {
    if (files.has(path)) return true;
    for (let folder = path; folder !== '.' && folder !== '/'; folder = posix.dirname(folder))
      if (folders.has(folder) || names.has(posix.basename(folder))) return true;
    return false;
  };
});

const mayName = oncePer(({ documents }: SourceFile): boolean =>
  documents.some(({ value: { kind } }) => kind === 'Test' || kind === 'Template'),
);

/** Folders beside a template of Backstage that it fills in or copies. */
function skeletonsOf(template: JsonValue): string[] {
  return listAt(template, 'spec', 'steps')
    .filter((step) => /^fetch:(template|plain)/.test(textAt(step, 'action') ?? ''))
    .map((step) => textAt(step, 'input', 'url') ?? '')
    .filter((url) => /^\.{1,2}\/[^$]*$/.test(url));
}

/** Folders of a `fleet.yaml` whose kustomizations are only built over what its chart gives. */
function overlaysOf(fleet: JsonValue): string[] {
  if (textAt(fleet, 'helm', 'chart') === undefined) return [];
  return [fleet, ...listAt(fleet, 'targetCustomizations')].flatMap(
    (one) => textAt(one, 'kustomize', 'dir') ?? [],
  );
}

const conventional = ['.chainsaw', '.chainsaw-test', '.kyverno-test'];

/** Texts of a key at any depth. */
function namesUnder(value: JsonValue, key: string, depth = 0): string[] {
  if (depth > 20) return [];
  if (Array.isArray(value)) return value.flatMap((item) => namesUnder(item, key, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === key && typeof inner === 'string' ? [inner] : namesUnder(inner, key, depth + 1),
  );
}
