import { posix } from 'node:path';
import { compareText, isUnder } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { createSlugs, slugParts } from './slugs.ts';

/**
 * The parts that a repository falls into: the stacks of its configuration; without one, folders, where one
 * that holds most of everything is taken apart further.
 */
export function areasOf({ config, model }: Platform): Areas {
  const isConfigured = !config.layers.gitops.includes('.');
  const files = model.resources.map((resource) => ({ resource, file: resource.origin.file }));
  const paths = isConfigured
    ? [...new Set([...config.layers.bootstrap, ...model.stacks.map(({ path }) => path)])].sort(compareText)
    : foldersOf(files.map(({ file }) => file));
  const free = createSlugs();
  const kind = isConfigured ? 'stacks' : 'folders';
  const list = paths.flatMap((path): Area[] => {
    const resources = files.filter(({ file }) => isIn(path, file, paths)).map(({ resource }) => resource);
    if (resources.length === 0) return [];
    const name = isConfigured ? posix.basename(path) : path;
    return [{ name, path, slug: free([kind, ...slugParts(name)].join('/')), resources }];
  });
  return { kind, list };
}

/** Whether a folder is the innermost of several that holds a file. */
function isIn(folder: string, file: string, all: readonly string[]): boolean {
  if (!isUnder(folder, file)) return false;
  return !all.some((other) => other.length > folder.length && isUnder(folder, other) && isUnder(other, file));
}

/** Top folders; of one with more than half of all files its own folders, and itself for what lies beside. */
function foldersOf(files: readonly string[]): string[] {
  const taken = new Set<string>();
  const visit = (folder: string, inside: readonly string[]): void => {
    const below = Map.groupBy(inside, (file) => childOf(folder, file));
    const beside = below.get(null) ?? [];
    if (beside.length > 0) taken.add(folder);
    for (const [child, own] of below) {
      if (child === null) continue;
      const folders = new Set(own.map((file) => childOf(child, file)));
      const isMost = own.length * 2 > files.length && folders.size > 1 && folders.size <= maximumFolders;
      if (isMost || folders.size === 1) visit(child, own);
      else taken.add(child);
    }
  };
  visit('', files);
  taken.delete('');
  return [...taken].sort(compareText);
}

/** The folder directly in another that holds a file; null for a file that lies in it itself. */
function childOf(folder: string, file: string): string | null {
  const from = folder === '' ? 0 : folder.length + 1;
  const slash = file.indexOf('/', from);
  return slash < 0 ? null : file.slice(0, slash);
}

const maximumFolders = 60;

export interface Areas {
  kind: 'stacks' | 'folders';
  list: Area[];
}

export interface Area {
  /** Of a stack its name, of a folder its path. */
  name: string;
  path: string;
  /** Of its page. */
  slug: string;
  /** Those that are written in it. */
  resources: Resource[];
}
