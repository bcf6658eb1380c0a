import { closeSync, mkdirSync, openSync, symlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { counted, makeFolder, temporaryFolder } from '../../base/index.ts';
import { ConfigError } from '../config/config-error.ts';
import { git, gitPieces } from './git.ts';

/**
 * The files of a commit in a private folder, as Git keeps them: no filter, no attribute and no hook has a
 * part in it, links are links, and a submodule is an empty folder. It is removed when it is disposed of, and
 * at the latest when the process ends.
 * @param folders from the top of the repository; the empty one is all of it.
 * @throws ConfigError where objects are not here, or where there are too many.
 */
export async function copyTree(root: string, commit: string, folders: string[]): Promise<TreeCopy> {
  const copy = temporaryFolder('tree');
  try {
    const entries = await entriesOf(root, commit, folders);
    for (const { path } of entries.filter(({ mode }) => mode === '160000')) makeFolder(join(copy.path, path));
    const files = entries.filter(({ mode }) => mode.startsWith('100'));
    await eachBlob(root, files, (path) => openNew(join(copy.path, path)));
    // Links come last: nothing is written through one.
    const links = entries.filter(({ mode }) => mode === '120000');
    const targets = new Map<string, Buffer[]>();
    await eachBlob(root, links, (path) => {
      const parts: Buffer[] = [];
      targets.set(path, parts);
      return { write: (piece) => void parts.push(Buffer.from(piece)), close: () => undefined };
    });
    for (const [path, parts] of targets) link(join(copy.path, path), Buffer.concat(parts).toString());
    return copy;
  } catch (error) {
    await copy.dispose();
    throw error;
  }
}

async function entriesOf(root: string, commit: string, folders: string[]): Promise<Entry[]> {
  const only = folders.includes('') ? [] : folders;
  const listed = await git(root, [
    '--literal-pathspecs',
    'ls-tree',
    '-r',
    '-z',
    '--full-tree',
    commit,
    '--',
    ...only,
  ]);
  if (listed === null) throw incomplete(commit);
  const lines = listed.split('\0').filter((line) => line !== '');
  if (lines.length > maxEntries)
    throw new ConfigError(
      `${commit.slice(0, 12)} has ${counted(lines.length, 'file')}, more than ${maxEntries}`,
      'give the folder of the manifests as the root: `--root DIR`',
    );
  return lines.flatMap((line): Entry[] => {
    const [, mode, oid, path] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    if (mode === undefined || oid === undefined || path === undefined) return [];
    return isOrdinary(path) ? [{ mode, oid, path }] : [];
  });
}

/** No tree that Git would check out has other names; one that was made by hand may. */
function isOrdinary(path: string): boolean {
  return (
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part)) &&
    !(process.platform === 'win32' && /[\\:]/.test(path))
  );
}

/** Writes each entry as it comes out of one `git`. Source: git-cat-file, BATCH OUTPUT. */
async function eachBlob(
  root: string,
  entries: readonly Entry[],
  open: (path: string) => Sink,
): Promise<void> {
  if (entries.length === 0) return;
  let next = 0;
  let head = Buffer.alloc(0);
  let left = -1;
  let total = 0;
  let sink: Sink | undefined;

  function take(piece: Buffer): void {
    let rest = piece;
    while (rest.length > 0) {
      if (left < 0) rest = begin(rest);
      else {
        // One line feed follows the content.
        const own = rest.subarray(0, left);
        if (own.length > 0) sink?.write(own);
        const over = Math.min(rest.length, left + 1);
        left -= over;
        rest = rest.subarray(over);
        if (left < 0) sink?.close();
      }
    }
  }

  function begin(piece: Buffer): Buffer {
    const end = piece.indexOf(10);
    head = Buffer.concat([head, end < 0 ? piece : piece.subarray(0, end)]);
    if (end < 0) return piece.subarray(piece.length);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(head.toString())?.[1];
    const entry = entries[next];
    if (size === undefined || entry === undefined) throw incomplete(head.toString().split(' ')[0] ?? '');
    next += 1;
    head = Buffer.alloc(0);
    left = Number(size);
    total += left;
    if (total > maxBytes)
      throw new ConfigError(
        `the commit holds more than ${maxBytes / 2 ** 30} GiB`,
        'give the folder of the manifests as the root: `--root DIR`',
      );
    sink = open(entry.path);
    return piece.subarray(end + 1);
  }

  const input = `${entries.map(({ oid }) => oid).join('\n')}\n`;
  const isDone = await gitPieces(root, ['cat-file', '--batch'], { input, take });
  if (!isDone || next < entries.length) throw incomplete(entries[next]?.oid ?? '');
}

/** A file that was not there; where it cannot be made (a name too long, or given twice), nothing. */
function openNew(path: string): Sink {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, 'wx', 0o600);
    return {
      write(piece) {
        for (let from = 0; from < piece.length; ) from += writeSync(file, piece, from);
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && own.has(String(error.code)))
      return { write: () => undefined, close: () => undefined };
    throw error;
  }
}

function link(path: string, target: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  } catch {
    // Its name or its target is none here: then it is not there, as after a checkout.
  }
}

function incomplete(what: string): ConfigError {
  return new ConfigError(
    `the clone does not hold all of \`${what.slice(0, 12)}\``,
    'the clone is partial or damaged: check out without `filter`, or run `git fetch --refetch`',
  );
}

/** Faults of one name alone. */
const own = new Set(['EEXIST', 'ENAMETOOLONG', 'ENOTDIR', 'EISDIR', 'EINVAL', 'ERR_INVALID_ARG_VALUE']);
const maxEntries = 500_000;
const maxBytes = 4 * 2 ** 30;

interface Entry {
  mode: string;
  oid: string;
  /** From the top of the repository. */
  path: string;
}

interface Sink {
  write(piece: Buffer): void;
  close(): void;
}

export type TreeCopy = ReturnType<typeof temporaryFolder>;
