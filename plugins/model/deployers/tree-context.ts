/** What deploys of another repository: how its files are looked up, and where what they give is told. */
import { posix } from 'node:path';
import { compareText } from '../../base/index.ts';
import {
  type Place,
  type Tree,
  treeFile,
  treeFilesBelow,
  treeFolders,
  treeWords,
  type Unverified,
} from '../../source/index.ts';
import type { DeployedObject, DeploymentContext, SourceError } from './deployment-types.ts';

/**
 * The context of a repository of which all is read that is asked for. Folders and files are named below its
 * mount, but for `paths`, which are its own.
 */
export function inTree(tree: Tree, context: DeploymentContext): DeploymentContext {
  const mount = `${tree.mount}/`;
  const directories = new Set([...treeFolders(tree)].map((folder) => posix.join(tree.mount, folder)));
  return {
    ...context,
    mount,
    repository: { ...context.repository, directories, covers: () => true, isRead: () => true },
    paths: tree.paths,
    filesIn(folder) {
      const inner = folder === tree.mount ? '.' : folder.slice(mount.length);
      const start = inner === '.' ? 0 : inner.length + 1;
      return treeFilesBelow(tree, inner)
        .map((path) => path.slice(start))
        .sort(compareText);
    },
    fileAt: (path) => treeFile(tree, path.slice(mount.length)),
  };
}

/** What it gives, told where it is asked for: that is the line that a person edits. */
export function createTreeTold(tree: Tree, origin: Place) {
  const fetched = treeWords(tree);
  const words = (text: string): string => text.replaceAll(`${tree.mount}/`, '').replaceAll(tree.mount, '.');
  return {
    error: (one: SourceError): SourceError => ({ ...one, error: words(one.error) }),
    object(object: DeployedObject): DeployedObject {
      if (object.origin.fetched !== undefined) return object;
      const { file, line } = object.origin;
      const inner = file.startsWith(`${tree.mount}/`) ? { file: words(file), line } : undefined;
      const there = inner === undefined ? '' : `, ${inner.file}:${line}`;
      const via = [{ file: origin.file, line: origin.line, what: `${fetched}${there}` }];
      return {
        ...object,
        origin: { ...origin, document: -1, via, fetched, ...(inner === undefined ? {} : { inner }) },
      };
    },
    unverified(one: Unverified): Unverified {
      const told = { ...one, what: words(one.what), why: words(one.why), origin };
      if (told.kind === 'chart' && told.chart.directory !== null)
        return { ...told, chart: { ...told.chart, directory: words(told.chart.directory) } };
      return told.kind === 'kustomization' ? { ...told, directory: words(told.directory) } : told;
    },
  };
}
