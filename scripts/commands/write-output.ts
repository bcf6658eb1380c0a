import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isBelow, isRunning, processNamespace } from '../../plugins/base/index.ts';

/**
 * Why a file may not be written: its links lead out of `folders`, or its mode forbids it. Null where it may.
 */
export async function writeRefusal(path: string, folders: string[]): Promise<string | null> {
  const real = await realpath(path);
  const allowed = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  if (!allowed.some((folder) => isBelow(folder, real))) return 'it lies outside the root and the docs folder';
  try {
    await access(real, constants.W_OK);
    return null;
  } catch {
    return 'it may not be written';
  }
}

/**
 * Writes a file whole or not at all, so that a run that is killed leaves what was there before. What is no
 * file (a pipe, a terminal) is written to as it is.
 * @throws what the file system says.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const real = await realpath(path).catch(() => path);
  const there = await stat(real).catch(() => null);
  if (there !== null && !there.isFile()) return writeFile(real, text);
  await place(real, text, there?.mode ?? null);
}

/**
 * Replaces the text of a file at once: a reader sees the old or the new, never a part. Links are followed and
 * stay links, the mode stays. Why it was not written, where it was not; null where it was.
 */
export async function replaceFile(path: string, before: string, after: string): Promise<string | null> {
  const real = await realpath(path);
  if ((await readFile(real, 'utf8')) !== before) return 'it was changed meanwhile';
  const { mode } = await stat(real);
  try {
    await place(real, after, mode);
    return null;
  } catch (error) {
    return `it cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function place(path: string, text: string, mode: number | null): Promise<void> {
  await removeForsaken(dirname(path));
  const temporary = join(dirname(path), `.plumbline-${process.pid}-${processNamespace()}-${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', mode ?? 0o666);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    // The mode that `open` was given has lost what the umask takes.
    if (mode !== null) await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What a run of this container left beside the files that it was to write when it was killed. */
async function removeForsaken(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid, space] = forsaken.exec(name) ?? [];
    if (pid === undefined || Number(space) !== processNamespace()) continue;
    if (!isRunning({ pid: Number(pid), started: null })) await rm(join(folder, name), { force: true });
  }
}

const forsaken = /^\.plumbline-(\d+)-(\d+)-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
