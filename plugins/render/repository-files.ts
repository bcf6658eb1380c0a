import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import {
  compareText,
  digestOf,
  entryAt,
  isInside,
  isTaken,
  type JsonObject,
  oncePer,
  realPath,
} from '../base/index.ts';
import {
  fetchedFile,
  fileMountedAt,
  filesUnder,
  kustomizationIn,
  readRaw,
  readSourceFile,
  type SourceFile,
  type Sources,
  type Store,
  type Tree,
  treeAt,
  treeFile,
  treeFilesBelow,
  treeFolders,
} from '../source/index.ts';

/**
 * The files of the repository as kustomize sees them: those that were read already, and any other under the
 * root, each once.
 */
export function openRepository(sources: Sources): Repository {
  const outside = new Map<string, SourceFile | undefined>();
  const borrowed = new Map<string, string>();
  const treeOf = (path: string) => treeAt(path, sources.store);
  const file = (path: string) => {
    const known = sources.files.get(path);
    if (known !== undefined) return known;
    const foreign = treeOf(path);
    if (foreign !== undefined) return treeFile(foreign.tree, foreign.inner);
    if (!outside.has(path))
      outside.set(
        path,
        leavesRoot(path)
          ? undefined
          : (fetchedFile(path, sources.store) ??
              (sources.isCovered(path) ? undefined : readSourceFile(sources.root, path))),
      );
    return outside.get(path);
  };
  const pathOf = (path: string) => {
    const foreign = treeOf(path);
    if (foreign !== undefined) return join(foreign.tree.folder, foreign.inner);
    const at = fileMountedAt(path, sources.store)?.path;
    return borrowed.get(path) ?? at ?? join(sources.root, path);
  };
  return {
    root: sources.root,
    home: sources.home,
    store: sources.store,
    unrestricted: [...sources.files.values()].some(isUnrestricting),
    file,
    kustomizationIn: (directory) => kustomizationIn(directory, file),
    isDirectory(path) {
      const foreign = treeOf(path);
      if (foreign !== undefined) return treeFolders(foreign.tree).has(foreign.inner);
      return !leavesRoot(path) && (entryAt(join(sources.root, path))?.isDirectory() ?? false);
    },
    exists: (path) =>
      treeOf(path) === undefined ? isTaken(join(sources.root, path)) : file(path) !== undefined,
    pathOf,
    hashOf: (path) => sources.files.get(path)?.hash ?? digestOf(readFileSync(pathOf(path))),
    filesBelow(directory) {
      const foreign = treeOf(directory);
      if (foreign === undefined)
        return sources.isCovered(directory)
          ? filesUnder(sources)(directory).map((path) => posix.join(directory, path))
          : filesBelow(sources.root, directory);
      const { tree, inner } = foreign;
      return treeFilesBelow(tree, inner).map((path) => `${tree.mount}/${path}`);
    },
    namesIn: (directory) => namesIn(sources.root, directory),
    treeOf,
    isOfOthers: (path) => treeOf(path) !== undefined || fileMountedAt(path, sources.store) !== undefined,
    isBorrowed: (path) => borrowed.has(path),
    borrow(path, from) {
      if (borrowed.get(path) === from) return;
      borrowed.set(path, from);
      outside.set(path, readSourceFile(dirname(from), basename(from), path));
    },
  };
}

/**
 * Paths of the files below a folder, sorted; links are followed as long as they stay inside the repository.
 */
export function filesBelow(root: string, directory: string): string[] {
  const top = realpathSync(root);
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    const real = realPath(join(root, path));
    if (real === undefined || !isInside(top, real) || found.length >= maxFiles) return;
    const entry = statSync(real);
    if (entry.isFile()) found.push(path);
    if (!entry.isDirectory() || trail.includes(real)) return;
    for (const name of readdirSync(real).sort())
      if (name !== '.git' && name !== 'node_modules') visit(posix.join(path, name), [...trail, real]);
  };
  if (!leavesRoot(directory)) visit(directory, []);
  return found.sort(compareText);
}

/** Whether files are still what they were read as: what an engine says of others is none of theirs. */
export function areAsRead(
  files: readonly Pick<SourceFile, 'path' | 'hash'>[],
  { pathOf }: Repository,
): boolean {
  return files.every(({ path, hash }) => {
    try {
      return readRaw(path, pathOf(path)).hash === hash;
    } catch {
      return false;
    }
  });
}

/** What stands in a folder of the repository. */
export function namesIn(root: string, directory: string): string[] {
  return readdirSync(join(root, directory));
}

const maxFiles = 5000;

/** Flux never restricts what kustomize reads; Argo CD, and who builds by hand, must be told not to. */
const isUnrestricting = oncePer(({ text }: SourceFile) =>
  /LoadRestrictionsNone|^apiVersion:\s*["']?kustomize\.toolkit\.fluxcd\.io\//m.test(text),
);

/** True where a path relative to the root leaves it. */
export function leavesRoot(path: string): boolean {
  return path === '..' || path.startsWith('../') || path.startsWith('/');
}

/**
 * True where a file that is named like a kustomization is one of kustomize's (Flux has a kind of the same
 * name).
 */
export function isKustomization(file: SourceFile): boolean {
  if (file.role !== 'kustomization') return false;
  const version = file.documents[0]?.value.apiVersion;
  return typeof version !== 'string' || version.startsWith('kustomize.config.k8s.io/');
}

export function isComponent(value: JsonObject): boolean {
  return value.kind === 'Component';
}

export interface Repository {
  root: string;
  /** Where the repository itself lies, none of whose programs is run. */
  home: string;
  /** What was fetched. */
  store: Store;
  /**
   * True where the platform lets kustomize read files from outside a kustomization's folder.
   */
  unrestricted: boolean;
  file(path: string): SourceFile | undefined;
  /** The kustomization of a folder; the first by name where there are several. */
  kustomizationIn(directory: string): SourceFile | undefined;
  isDirectory(path: string): boolean;
  exists(path: string): boolean;
  /** Where a file lies on disk. */
  pathOf(path: string): string;
  /** SHA-256 of the bytes of a file, as they were read. */
  hashOf(path: string): string;
  /** Paths of the files below a folder, sorted. */
  filesBelow(directory: string): string[];
  /** What stands in a folder of the repository. */
  namesIn(directory: string): string[];
  /** The other repository that a path is of, and the path in it. */
  treeOf(path: string): { tree: Tree; inner: string } | undefined;
  /** True of a path of another repository, and of one that stands for an address. */
  isOfOthers(path: string): boolean;
  /** Lets a file from elsewhere stand at a path that is none of the repository. */
  borrow(path: string, from: string): void;
  isBorrowed(path: string): boolean;
}
