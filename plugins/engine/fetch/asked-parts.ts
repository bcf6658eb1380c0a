/** What the manifests ask of other Git repositories, and of addresses of single files. */
import { posix } from 'node:path';
import { compareText, type JsonObject, listAt, oncePer, textAt } from '../../base/index.ts';
import type { Platform } from '../../platform/index.ts';
import {
  type AskedTree,
  coversPath,
  fileAddress,
  holdsPlaceholder,
  isFileAddress,
  isKustomizationPath,
  keyOfTree,
  kustomizationReferences,
  type Place,
  questionOf,
  remoteBase,
  type SourceDocument,
  type Tree,
  treeFile,
} from '../../source/index.ts';
import { askedSchemas } from './asked-schemas.ts';

/**
 * Each repository at each revision once, with the paths that are asked for and who asks: Applications, sets
 * and Flux, kustomizations with remote bases, and what was fetched itself. Sorted by their paths.
 */
export const askedParts = oncePer((platform: Platform): AskedParts => {
  const trees = new Map<string, AskedRepository>();
  const files = new Map<string, AskedFile>();
  const addTree = ({ paths, ...asked }: AskedTree, place: Place): void => {
    const question = questionOf(asked);
    const key = keyOfTree(question);
    const known = trees.get(key) ?? { ...question, paths: [], places: [] };
    known.paths = leastPaths([...known.paths, ...paths]);
    addPlace(known.places, place);
    trees.set(key, known);
  };
  const addFile = (url: string, place: Place): void => {
    const known = files.get(url) ?? { url, places: [] };
    addPlace(known.places, place);
    files.set(url, known);
  };
  /** @param place where the repository that is read asks for it; null for the line itself. */
  const addReferences = (
    document: SourceDocument,
    isHere: (path: string) => boolean,
    place: Place | null,
  ) => {
    const folder = posix.dirname(document.file);
    for (const { target, use, path } of kustomizationReferences(document.value)) {
      if (holdsPlaceholder(target) || isHere(posix.join(folder, target))) continue;
      const at = place ?? document.locate(path) ?? document.place;
      const base = use === 'resource' || use === 'component' ? remoteBase(target) : null;
      if (isFileAddress(target)) addFile(fileAddress(target), at);
      else if (base !== null) addTree(base, at);
    }
  };
  for (const { url, origin } of platform.wantedFiles) addFile(url, origin);
  for (const { origin, ...one } of platform.wanted) addTree(one, origin);
  const { files: own, store } = platform.sources;
  for (const { role, documents } of own.values())
    if (role === 'kustomization')
      for (const one of documents) addReferences(one, (path) => own.has(path), null);
  // What was fetched may ask for more; it is taken as asked for where it is asked for itself.
  const followed = new Set<string>();
  for (let left = [...trees.values()]; left.length > 0; ) {
    for (const { places, ...one } of left) {
      followed.add(keyOfTree(one));
      const locked = store.findTree(one);
      const tree = locked === undefined ? null : store.tree(locked).tree;
      const [place] = places;
      if (tree === null || place === undefined) continue;
      const missing = missingPaths(tree);
      if (missing.length > 0) addTree({ ...one, paths: missing }, place);
      for (const document of kustomizationsOf(tree))
        addReferences(document, (path) => tree.paths.has(path.slice(tree.mount.length + 1)), place);
    }
    left = [...trees.values()].filter((one) => !followed.has(keyOfTree(one)));
  }
  const here = [...trees.values()].flatMap(({ places: [place], ...one }) => {
    const locked = store.findTree(one);
    const tree = locked === undefined ? null : store.tree(locked).tree;
    return tree === null || place === undefined ? [] : [{ ...tree, place }];
  });
  for (const { url, place } of askedSchemas(platform, here)) addFile(url, place);
  return { trees: [...trees.values()], files: [...files.values()] };
});

function addPlace(places: Place[], place: Place): void {
  if (!places.some(({ file, line }) => file === place.file && line === place.line)) places.push(place);
}

/** Without those that lie below another one. */
export function leastPaths(paths: readonly string[]): string[] {
  const sorted = [...new Set(paths)].sort(compareText);
  return sorted.filter(
    (path) =>
      !coversPath(
        sorted.filter((other) => other !== path),
        path,
      ),
  );
}

/** What kustomizations and charts of a tree name of their own repository, and was not taken of it. */
function missingPaths(tree: Tree): string[] {
  const missing = new Set<string>();
  const add = (folder: string, target: string): void => {
    const path = posix.normalize(posix.join(folder, target)).replace(/(.)\/$/, '$1');
    if (path === '..' || path.startsWith('../') || path.startsWith('/')) return;
    if (!coversPath(tree.locked.paths, path)) missing.add(path);
  };
  for (const { file, value } of kustomizationsOf(tree)) {
    const folder = posix.dirname(file.slice(tree.mount.length + 1));
    for (const { target } of kustomizationReferences(value))
      if (remoteBase(target) === null && !target.includes('://')) add(folder, target);
  }
  for (const path of tree.paths) {
    if (!/(^|\/)(Chart|requirements)\.yaml$/.test(path)) continue;
    for (const dependency of listAt(contentOf(tree, path), 'dependencies')) {
      const repository = textAt(dependency, 'repository') ?? '';
      if (repository.startsWith('file://')) add(posix.dirname(path), repository.slice(7));
    }
  }
  return [...missing];
}

function kustomizationsOf(tree: Tree): SourceDocument[] {
  return [...tree.paths].filter(isKustomizationPath).flatMap((path) => treeFile(tree, path)?.documents ?? []);
}

function contentOf(tree: Tree, path: string): JsonObject {
  return treeFile(tree, path)?.documents[0]?.value ?? {};
}

export interface AskedParts {
  trees: AskedRepository[];
  files: AskedFile[];
}

export interface AskedRepository extends AskedTree {
  /** Where it is asked for. */
  places: Place[];
}

export interface AskedFile {
  url: string;
  places: Place[];
}
