/** Files of other repositories as they stand among those of this one: below a folder that is none of it. */
import { basename, dirname } from 'node:path';
import { compareText, oncePer } from '../../base/index.ts';
import { readSourceFile } from '../read.ts';
import type { SourceFile } from '../types.ts';
import { type LockedFile, revisionWords } from './lock-file.ts';
import type { Store, Tree } from './store.ts';

/** The tree that a path lies in, and the path below it (`.` for its root); undefined for one of our own. */
export function treeAt(path: string, store: Store): { tree: Tree; inner: string } | undefined {
  const [, sha256, inner = '.'] = /^\.fetched\/([0-9a-f]{64})(?:\/(.+))?$/.exec(path) ?? [];
  if (sha256 === undefined) return undefined;
  for (const locked of store.lock?.trees ?? []) {
    const tree = locked.sha256 === sha256 ? store.tree(locked).tree : null;
    if (tree !== null) return { tree, inner };
  }
  return undefined;
}

/** Where a file that lies at an address of its own stands, to whoever renders with it. */
export function mountOfFile({ sha256 }: LockedFile): string {
  return `.fetched/files/${sha256}.yaml`;
}

/** The file at an address that a path stands for, and where it lies; undefined for any other path. */
export function fileMountedAt(path: string, store: Store): { locked: LockedFile; path: string } | undefined {
  const sha256 = /^\.fetched\/files\/([0-9a-f]{64})\.yaml$/.exec(path)?.[1];
  const locked = store.lock?.files.find((one) => one.sha256 === sha256);
  const found = locked === undefined ? null : store.file(locked).path;
  return locked === undefined || found === null ? undefined : { locked, path: found };
}

/** What stands at a path among those of others; undefined for a path of this repository. */
export function fetchedFile(path: string, store: Store): SourceFile | undefined {
  const tree = treeAt(path, store);
  if (tree !== undefined) return treeFile(tree.tree, tree.inner);
  const file = fileMountedAt(path, store);
  return file && readSourceFile(dirname(file.path), basename(file.path), path);
}

/** One file of a tree, by its path below it; Secrets are hidden in it as in any other. */
export function treeFile(tree: Tree, inner: string): SourceFile | undefined {
  if (!tree.paths.has(inner)) return undefined;
  const files = filesOf(tree);
  if (!files.has(inner)) files.set(inner, readSourceFile(tree.folder, inner, `${tree.mount}/${inner}`));
  return files.get(inner);
}

/** Paths below a folder of a tree, relative to the tree, sorted. */
export function treeFilesBelow(tree: Tree, folder: string): string[] {
  const all = [...tree.paths].sort(compareText);
  return folder === '.' ? all : all.filter((path) => path.startsWith(`${folder}/`));
}

/** Every folder of a tree that holds a file, with its root. */
export const treeFolders = oncePer((tree: Tree): ReadonlySet<string> => {
  const folders = new Set(['.']);
  for (const path of tree.paths)
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      folders.add(path.slice(0, slash));
  return folders;
});

/** `https://git.example.com/shop at v1.2.0`. */
export function treeWords({ locked }: Tree): string {
  return `${locked.repository} at ${revisionWords(locked) ?? locked.commit.slice(0, 12)}`;
}

const filesOf = oncePer((_: Tree) => new Map<string, SourceFile | undefined>());
