import { copyFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { entryAt, readPlainFile, realOf, temporaryFolder } from '../../base/index.ts';
import { openCache } from '../cache/cache.ts';
import { cacheDirectory } from '../cache/cache-directory.ts';
import { runGit, streamGit } from './git-process.ts';

/**
 * What `git` prints about the repository that a folder lies in; null where it fails for whatever reason. It
 * works on a copy of the folder `.git` that is found here and not by Git (so files that only look like a bare
 * repository are none), whose configuration is ours: nothing that the repository configures is run, no
 * filter, hook, monitor, pager or transport.
 * @param copy what stands for the folder where one of its commits lies elsewhere: files are looked for there.
 */
export async function git(
  folder: string,
  parameters: string[],
  copy: { folder: string; top: string } | null = null,
): Promise<string | null> {
  const found = findGit(folder);
  if (found === null) return null;
  try {
    return await inShadow(found, (place) =>
      runGit(found.top, copy?.folder ?? folder, parameters, {
        GIT_DIR: place,
        GIT_WORK_TREE: copy?.top ?? found.top,
      }),
    );
  } catch {
    return null;
  }
}

/**
 * The same for much output: `take` gets it in pieces. False where it fails.
 * @throws what `take` throws.
 */
export async function gitPieces(
  folder: string,
  parameters: string[],
  flow: { input: string; take: (piece: Buffer) => void },
): Promise<boolean> {
  const found = findGit(folder);
  if (found === null) return false;
  return inShadow(found, (place) =>
    streamGit(found.top, folder, parameters, { GIT_DIR: place, GIT_WORK_TREE: found.top }, flow),
  );
}

async function inShadow<T>(found: GitFolder, use: (place: string) => Promise<T>): Promise<T> {
  const { path, dispose } = temporaryFolder('git');
  try {
    shadow(found, path, await settingsOf(found));
    return await use(path);
  } finally {
    await dispose();
  }
}

/** The URLs of the remote `origin`, as the repository's own configuration has them. */
export async function originUrls(folder: string): Promise<string[]> {
  const found = findGit(folder);
  if (found === null) return [];
  return (await settingsOf(found)).flatMap(([name, value]) => (name === origin ? [value] : []));
}

/** Whether Git may have left files of the commit out of the work tree: only its index can tell which. */
export function mayBeSparse(folder: string): boolean {
  const found = findGit(folder);
  return found !== null && existsSync(join(found.own, 'info', 'sparse-checkout'));
}

/** The work tree that a folder lies in, with its links followed; null outside Git. */
export function gitTop(folder: string): string | null {
  return findGit(folder)?.top ?? null;
}

/**
 * The branch that is checked out and the remote's default, as the files name them that Git keeps; null where
 * only Git can tell: outside it, where HEAD is no branch, where names are kept elsewhere or are unusual.
 */
export function namedBranches(folder: string): string[] | null {
  const found = findGit(folder);
  if (found === null) return null;
  const current = branchIn(readPlainFile(join(found.own, 'HEAD')) ?? '');
  const named = readPlainFile(join(found.common, 'refs/remotes/origin/HEAD'));
  const fallback = named === null ? current : branchIn(named);
  return current === undefined || fallback === undefined ? null : [current, fallback];
}

function branchIn(reference: string): string | undefined {
  return /^ref: refs\/(?:heads|remotes\/origin)\/(?!.*\.\.)(\w[\w./+@-]*)\n$/.exec(reference)?.[1];
}

/** The file to which Git adds a line whenever another commit is made or checked out; null for none. */
export function headLog(folder: string): string | null {
  const own = findGit(folder)?.own;
  const log = own === undefined ? null : join(own, 'logs/HEAD');
  return log !== null && existsSync(log) ? log : null;
}

function findGit(folder: string): GitFolder | null {
  for (let top = realOf(folder); ; top = dirname(top)) {
    const own = gitFolder(join(top, '.git'));
    if (own !== null) return { top, own, common: commonOf(own) };
    if (dirname(top) === top) return null;
  }
}

/** The folder itself, or the one that a worktree or a submodule names in a file. */
function gitFolder(path: string): string | null {
  const entry = entryAt(path);
  if (entry?.isDirectory()) return existsSync(join(path, 'HEAD')) ? path : null;
  if (!entry?.isFile() || entry.size > longestPath) return null;
  const named = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(path, 'utf8'))?.[1];
  const folder = named === undefined ? null : resolve(dirname(path), named);
  return folder !== null && existsSync(join(folder, 'HEAD')) ? folder : null;
}

/** Worktrees share all but a few files with the repository that they were made from. */
function commonOf(own: string): string {
  const named = readPlainFile(join(own, 'commondir'), longestPath);
  return named === null ? own : resolve(own, named.trim());
}

function shadow({ own, common }: GitFolder, copy: string, settings: Setting[]): void {
  const link = (from: string, name: string) => {
    const target = join(from, name);
    if (!existsSync(target)) return;
    try {
      symlinkSync(target, join(copy, name), 'junction');
    } catch {
      // Windows has no links to files for everybody.
      copyFileSync(target, join(copy, name));
    }
  };
  for (const name of ['objects', 'refs', 'packed-refs', 'reftable', 'shallow', 'info']) link(common, name);
  link(own, 'index');
  for (const name of readdirSync(own).filter((one) => one.startsWith('sharedindex.'))) link(own, name);
  copyFileSync(join(own, 'HEAD'), join(copy, 'HEAD'));
  // What was fetched or left last has a name, too.
  for (const name of ['FETCH_HEAD', 'ORIG_HEAD', 'MERGE_HEAD']) link(own, name);
  const lines = settings.flatMap(([name, value]) => {
    const [section, key] = name.split('.');
    return kept.test(name) && /^\w*$/.test(value) ? [`[${section}]\n\t${key} = ${value}\n`] : [];
  });
  writeFileSync(join(copy, 'config'), lines.join(''));
}

/** What is used of the settings of the repository itself, once for each version of their file. */
function settingsOf({ top, common }: GitFolder): Promise<Setting[]> {
  const file = join(common, 'config');
  const entry = entryAt(file);
  if (!entry?.isFile()) return Promise.resolve([]);
  const key = JSON.stringify([file, entry.size, entry.mtimeMs]);
  const known = read.get(key) ?? readSettings(top, file);
  read.set(key, known);
  return known;
}

/**
 * Reading settings runs nothing, and follows no `include`, so that a file always says the same: what is used
 * of it is kept, as starting Git takes longer than all else. Others hold tokens, and are let go.
 */
async function readSettings(top: string, file: string): Promise<Setting[]> {
  const cache = openCache(cacheDirectory(top));
  const key = readPlainFile(file);
  const known = key === null ? undefined : await cache.get(settingsKind, key);
  if (known !== undefined) return JSON.parse(known) as Setting[];
  const text = await runGit(top, tmpdir(), ['config', '--file', file, '--no-includes', '--null', '--list']);
  const all = (text ?? '').split('\0').map((entry): Setting => {
    const end = entry.indexOf('\n');
    return end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
  });
  const used = all.flatMap(([name, value]): Setting[] => {
    if (kept.test(name)) return [[name, value]];
    return name === origin ? [[name, withoutCredentials(value)]] : [];
  });
  if (key !== null && text !== null) await cache.set(settingsKind, key, JSON.stringify(used));
  return used;
}

/** Tokens of CI systems sit in remote URLs, as a password or alone: they are nobody's business here. */
function withoutCredentials(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@]*@|^([a-z+]+:\/\/)[^/@]*:[^/@]*@/i, '$1$2');
}

/** How files are compared with what was committed, and how objects are stored: all that is taken over. */
const kept =
  /^(core\.(repositoryformatversion|filemode|ignorecase|symlinks|precomposeunicode|autocrlf|eol|safecrlf|checkstat|trustctime)|extensions\.(objectformat|compatobjectformat|refstorage))$/;

const read = new Map<string, Promise<Setting[]>>();

const longestPath = 16 * 1024;
const origin = 'remote.origin.url';
const settingsKind = 'git-settings';

type Setting = [name: string, value: string];

interface GitFolder {
  /** The work tree. */
  top: string;
  /** Its `.git`, or what that names. */
  own: string;
  /** The repository that a worktree belongs to; else the same. */
  common: string;
}
