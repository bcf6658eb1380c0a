import { join, posix } from 'node:path';
import { entryAt, isTaken, type JsonObject } from '../base/index.ts';
import {
  kustomizationNames,
  readSourceFile,
  type SourceFile,
  type Sources,
  type Store,
} from '../source/index.ts';

/**
 * The files of the repository as kustomize sees them: those that were read already, and any other under the
 * root, each once.
 */
export function openRepository(sources: Sources): Repository {
  const outside = new Map<string, SourceFile | undefined>();
  const file = (path: string) => {
    const known = sources.files.get(path);
    if (known !== undefined) return known;
    if (!outside.has(path))
      outside.set(path, leavesRoot(path) ? undefined : readSourceFile(sources.root, path));
    return outside.get(path);
  };
  const kustomizationIn = (directory: string) => {
    for (const name of kustomizationNames) {
      const found = file(posix.join(directory, name));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    root: sources.root,
    home: sources.home,
    store: sources.store,
    unrestricted: [...sources.files.values()].some(({ text }) => unrestricting.test(text)),
    file,
    kustomizationIn,
    isDirectory: (path) => !leavesRoot(path) && (entryAt(join(sources.root, path))?.isDirectory() ?? false),
    exists: (path) => isTaken(join(sources.root, path)),
  };
}

/** Flux never restricts what kustomize reads; Argo CD, and who builds by hand, must be told not to. */
const unrestricting = /LoadRestrictionsNone|^apiVersion:\s*["']?kustomize\.toolkit\.fluxcd\.io\//m;

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
}
