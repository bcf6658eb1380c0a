import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isUnder, readPlainFile, realOf, slashed } from '../../base/index.ts';
import { git, gitTop, mayBeSparse, namedBranches, originUrls } from './git.ts';

/**
 * The commit that the manifests are at: twelve hex digits, with `-dirty` where tracked files under `paths`
 * are changed; null outside Git, before the first commit, or where there is no `git`.
 */
export async function readCommit(root: string, paths: string[]): Promise<string | null> {
  const only = paths.length > 0 ? paths : ['.'];
  const status = await git(root, [
    'status',
    '--porcelain=v2',
    '--branch',
    '--untracked-files=no',
    // What lies in the work tree of a submodule has a configuration of its own.
    '--ignore-submodules=dirty',
    '--',
    ...only,
  ]);
  const oid = status?.match(/^# branch\.oid ([0-9a-f]{40,64})$/m)?.[1];
  if (status === null || oid === undefined) return null;
  const dirty = status.split('\n').some((line) => line !== '' && !line.startsWith('#'));
  return oid.slice(0, 12) + (dirty ? '-dirty' : '');
}

/** The URLs under which the remote `origin` is known, as configured; empty outside Git. */
export async function readRemotes(root: string): Promise<string[]> {
  const urls = await originUrls(root);
  return [...new Set(urls.filter((url) => url !== ''))];
}

/**
 * Names of the branch that is read: the one that is checked out, with a detached HEAD (as CI has it) those
 * that stand at that commit, and what the remote calls its default. Empty outside Git.
 */
export async function readBranches(root: string): Promise<string[]> {
  return [...new Set(namedBranches(root) ?? (await askBranches(root)))];
}

async function askBranches(root: string): Promise<string[]> {
  const [current, fallback] = await Promise.all([
    git(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
    git(root, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']),
  ]);
  const here =
    current ??
    (await git(root, [
      'for-each-ref',
      '--points-at=HEAD',
      '--format=%(refname)',
      'refs/heads',
      'refs/remotes/origin',
    ]));
  const names = [here, fallback].flatMap((text) => (text ?? '').split('\n'));
  const own = names.map((name) => name.trim().replace(/^(?:refs\/heads\/|(?:refs\/remotes\/)?origin\/)/, ''));
  // The remote's default is listed by its own name, too, which is no branch.
  return own.filter((name) => name !== '' && name !== 'HEAD');
}

/**
 * Folders that the repository takes from others: where they were not fetched they are empty here, and not
 * there.
 */
export function readSubmodules(root: string): string[] {
  const text = readPlainFile(join(root, '.gitmodules')) ?? '';
  return [...text.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].flatMap(([, path]) =>
    path === undefined ? [] : [path.replace(/\/+$/, '')],
  );
}

/** The root's own path inside its Git repository, with a `/` at its end; empty at the top and outside Git. */
export function readPrefix(root: string): string {
  const top = gitTop(root);
  const way = top === null ? '' : slashed(top, realOf(root));
  return way === '' ? '' : `${way}/`;
}

/** Files that a sparse checkout leaves out, from the root; none of any other. */
export async function sparseFiles({ home }: { home: string }): Promise<string[]> {
  if (!mayBeSparse(home)) return [];
  const listed = await git(home, ['ls-files', '-t', '-z', '--', '.']);
  return (listed ?? '').split('\0').flatMap((line) => (line.startsWith('S ') ? line.slice(2) : []));
}

/** The outermost of their folders that are not on disk, else the files themselves. */
export async function sparseFolders(root: string, home: string): Promise<string[]> {
  const outermost = (file: string): string => {
    const parts = file.split('/');
    const gone = parts.findIndex((_part, index) => !existsSync(join(root, ...parts.slice(0, index + 1))));
    return parts.slice(0, gone + 1).join('/');
  };
  return [...new Set((await sparseFiles({ home })).map(outermost))];
}

/**
 * Of these paths those that a `.gitignore` of the repository names: something writes them that Git does not
 * hold; and those that a sparse checkout leaves out. What the machine or the clone ignores besides does not
 * count. None outside Git, and none of a repository that lies in a folder which another ignores: that says
 * nothing of what is in it.
 */
export async function ignoredByGit(
  { root, home }: { root: string; home: string },
  paths: readonly string[],
): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  const up = readPrefix(home).replaceAll(/[^/]+\//g, '../');
  const copy = root === home ? null : { folder: root, top: resolve(root, up) };
  const listed = await git(home, ['check-ignore', '--verbose', '--', '.', ...paths], copy);
  const lines = (listed ?? '').split('\n');
  // A pattern that keeps what another leaves out is listed, too.
  const ignored = lines.flatMap((line) => /^(?:.*\/)?\.gitignore:\d+:(?!!).*\t(.+)$/.exec(line)?.[1] ?? []);
  const left = await sparseFiles({ home });
  const isLeft = (path: string) => left.some((file) => isUnder(path.replace(/\/+$/, ''), file));
  return new Set([...(ignored.includes('.') ? [] : ignored), ...paths.filter(isLeft)]);
}

/**
 * Files that a range of commits (`A...B`) touches, from the top of the repository; null where Git cannot
 * tell, as in a shallow clone.
 */
export async function changedFiles(top: string, range: string): Promise<string[] | null> {
  const names = await git(top, ['diff', '--name-only', '--no-ext-diff', '-z', range, '--']);
  return names?.split('\0').filter((name) => name !== '') ?? null;
}

/** Milliseconds of the last commit of each file under a folder, by path under it; empty outside Git. */
export async function lastChanges(folder: string): Promise<Map<string, number>> {
  const options = ['-c', 'core.quotePath=false', 'log', '--no-show-signature', '--no-ext-diff'];
  const log = await git(folder, [...options, '--format=t:%ct', '--name-only', '--relative', '--', '.']);
  const dates = new Map<string, number>();
  let date = 0;
  for (const line of (log ?? '').split('\n')) {
    if (line.startsWith('t:')) date = Number(line.slice(2)) * 1000;
    else if (line !== '' && !dates.has(line)) dates.set(line, date);
  }
  return dates;
}
