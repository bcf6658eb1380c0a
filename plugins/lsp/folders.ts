import { resolve } from 'node:path';
import { isInside } from '../base/index.ts';
import { openRepository, type Repository, type RepositoryOptions } from './repository.ts';
import type { Workspace } from './workspace.ts';

/**
 * The repositories that an editor's folders belong to, each once, however many of the folders it holds. A
 * file is answered by the repository that it lies deepest in; one that lies in none, by who has it among its
 * pages.
 */
export function openFolders(options: FoldersOptions): Folders {
  const rootOfFolder = new Map<string, string>();
  const open = new Map<string, Repository>();
  let isStarted = false;
  let isFollowing = false;

  function holding(path: string): Repository | undefined {
    const around = [...open.values()].filter(({ root }) => isInside(root, path));
    return around.sort((a, b) => b.root.length - a.root.length)[0];
  }

  function begin(repository: Repository): void {
    if (isStarted) repository.workspace.start();
    if (isFollowing) void follow(repository);
  }

  async function follow({ root, workspace, closed }: Repository): Promise<void> {
    const docs = options.docs === undefined ? root : resolve(options.docs);
    const watched = isInside(root, docs) ? [root] : [root, docs];
    for await (const _paths of options.fileChanges(watched, closed)) workspace.filesChanged();
  }

  function add(folder: string): void {
    const root = options.rootOf(folder);
    rootOfFolder.set(folder, root);
    if (open.has(root)) return;
    const isOwn = (path: string) => [undefined, root].includes(holding(path)?.root);
    const repository = openRepository(root, isOwn, options);
    open.set(root, repository);
    begin(repository);
  }

  async function remove(folder: string): Promise<void> {
    const root = rootOfFolder.get(folder);
    rootOfFolder.delete(folder);
    if (root === undefined || [...rootOfFolder.values()].includes(root)) return;
    const repository = open.get(root);
    open.delete(root);
    await repository?.close();
  }

  return {
    of(path) {
      const all = [...open.values()];
      const listing = () => all.find(({ workspace }) => workspace.report(path) !== undefined);
      return (holding(path) ?? listing() ?? all[0])?.workspace;
    },
    async change(added, removed) {
      await Promise.all(removed.map(remove));
      for (const folder of added) add(folder);
      // What is whose may be otherwise now, and so may who tells of a file.
      if (isStarted) for (const { workspace } of open.values()) workspace.filesChanged();
    },
    edit(path, text) {
      const own = holding(path);
      for (const repository of open.values()) {
        const { workspace } = repository;
        if (own === undefined || repository === own) workspace.edit(path, text);
        else if (workspace.text(path) !== undefined) workspace.edit(path, null);
      }
    },
    filesChanged(paths) {
      const meant = new Set(paths.map(holding));
      for (const repository of open.values())
        if (meant.has(repository) || meant.has(undefined)) repository.workspace.filesChanged();
    },
    start() {
      isStarted = true;
      for (const { workspace } of open.values()) workspace.start();
    },
    async follow() {
      isFollowing = true;
      await Promise.all([...open.values()].map(follow));
    },
    async close() {
      const all = [...open.values()];
      open.clear();
      await Promise.all(all.map((repository) => repository.close()));
    },
  };
}

/** Folders and files are named by their absolute paths with links followed. */
export interface Folders {
  /** Who answers for a file. */
  of(path: string): Workspace | undefined;
  /** Folders are opened and closed in the editor. */
  change(added: string[], removed: string[]): Promise<void>;
  /** The editor holds another text of a page; null: it is closed. */
  edit(path: string, text: string | null): void;
  /** Files were written, came or went. */
  filesChanged(paths: string[]): void;
  /** From now on the repositories are read. */
  start(): void;
  /** Looks at the files itself, for an editor that tells nothing of them, until all is closed. */
  follow(): Promise<void>;
  close(): Promise<void>;
}

export interface FoldersOptions extends RepositoryOptions {
  /** The root of the repository that a folder belongs to. */
  rootOf(folder: string): string;
  /** Tells whenever files under the folders were written, came or went, until the signal. */
  fileChanges(folders: string[], signal: AbortSignal): AsyncIterable<string[]>;
}
