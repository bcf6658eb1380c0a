import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onPath, realOf, temporaryFolder } from '../base/index.ts';

/**
 * What `git` prints about the repository that a folder lies in; null where it fails for whatever reason. It
 * works on a copy of the folder `.git` that is found here and not by Git (so files that only look like a bare
 * repository are none), whose configuration is ours: nothing that the repository configures is run, no
 * filter, hook, monitor, pager or transport.
 */
export async function git(folder: string, parameters: string[]): Promise<string | null> {
  const found = findGit(folder);
  if (found === null) return null;
  const { path: copy, dispose } = temporaryFolder('git');
  try {
    shadow(found, copy, await settingsOf(found));
    return await run(found.top, folder, parameters, { GIT_DIR: copy, GIT_WORK_TREE: found.top });
  } catch {
    return null;
  } finally {
    await dispose();
  }
}

/** Values of one setting of the repository's own configuration, which says nothing but what it says. */
export async function gitSetting(folder: string, name: string): Promise<string[]> {
  const found = findGit(folder);
  if (found === null) return [];
  return (await settingsOf(found)).flatMap(([one, value]) => (one === name ? [value] : []));
}

/** The work tree that a folder lies in, with its links followed; null outside Git. */
export function gitTop(folder: string): string | null {
  return findGit(folder)?.top ?? null;
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
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry?.isDirectory()) return existsSync(join(path, 'HEAD')) ? path : null;
  if (!entry?.isFile() || entry.size > longestPath) return null;
  const named = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(path, 'utf8'))?.[1];
  const folder = named === undefined ? null : resolve(dirname(path), named);
  return folder !== null && existsSync(join(folder, 'HEAD')) ? folder : null;
}

/** Worktrees share all but a few files with the repository that they were made from. */
function commonOf(own: string): string {
  const file = join(own, 'commondir');
  return existsSync(file) ? resolve(own, readFileSync(file, 'utf8').trim()) : own;
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
  const lines = settings.flatMap(([name, value]) => {
    const [section, key] = name.split('.');
    return kept.test(name) && /^\w*$/.test(value) ? [`[${section}]\n\t${key} = ${value}\n`] : [];
  });
  writeFileSync(join(copy, 'config'), lines.join(''));
}

/** Every setting of the repository itself, once for each version of the file that holds them. */
function settingsOf({ top, common }: GitFolder): Promise<Setting[]> {
  const file = join(common, 'config');
  const entry = statSync(file, { throwIfNoEntry: false });
  if (!entry?.isFile()) return Promise.resolve([]);
  const key = JSON.stringify([file, entry.size, entry.mtimeMs]);
  const known = read.get(key) ?? readSettings(top, file);
  read.set(key, known);
  return known;
}

/** Reading settings runs nothing, and follows no `include`. */
async function readSettings(top: string, file: string): Promise<Setting[]> {
  const text = await run(top, tmpdir(), ['config', '--file', file, '--no-includes', '--null', '--list']);
  return (text ?? '').split('\0').map((entry): Setting => {
    const end = entry.indexOf('\n');
    return end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
  });
}

function run(
  top: string,
  folder: string,
  parameters: string[],
  place: Record<string, string> = {},
): Promise<string | null> {
  const program = onPath('git', top);
  if (program === undefined) return Promise.resolve(null);
  const given = Object.entries(process.env).filter(([name]) => !/^(GIT_|SSH_)/i.test(name));
  const options = {
    cwd: folder,
    timeout: 10_000,
    maxBuffer: 256 * 2 ** 20,
    env: { ...Object.fromEntries(given), ...sealed, ...place },
  };
  return new Promise((settle) => {
    execFile(program, ['--no-pager', ...safe, ...parameters], options, (error, stdout) =>
      settle(error ? null : stdout),
    );
  });
}

/** Belt and braces: with a configuration of our own there is none of this. */
const safe = [
  'safe.bareRepository=explicit',
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  'core.untrackedCache=false',
  'core.quotePath=true',
  'log.showSignature=false',
  'protocol.allow=never',
].flatMap((setting) => ['-c', setting]);

const sealed = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** How files are compared with what was committed, and how objects are stored: all that is taken over. */
const kept =
  /^(core\.(repositoryformatversion|filemode|ignorecase|symlinks|precomposeunicode|autocrlf|eol|safecrlf|checkstat|trustctime)|extensions\.(objectformat|compatobjectformat|refstorage))$/;

const read = new Map<string, Promise<Setting[]>>();

const longestPath = 16 * 1024;

type Setting = [name: string, value: string];

interface GitFolder {
  /** The work tree. */
  top: string;
  /** Its `.git`, or what that names. */
  own: string;
  /** The repository that a worktree belongs to; else the same. */
  common: string;
}
