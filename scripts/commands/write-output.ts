import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isBelow } from '../../plugins/base/index.ts';

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
 * Replaces the text of a file at once: a reader sees the old or the new, never a part. Links are followed and
 * stay links, the mode stays. Why it was not written, where it was not; null where it was.
 */
export async function replaceFile(path: string, before: string, after: string): Promise<string | null> {
  const real = await realpath(path);
  if ((await readFile(real, 'utf8')) !== before) return 'it was changed meanwhile';
  const { mode } = await stat(real);
  const temporary = join(dirname(real), `.plumbline-${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(after);
      await file.sync();
    } finally {
      await file.close();
    }
    // The mode that `open` was given has lost what the umask takes.
    await chmod(temporary, mode);
    await rename(temporary, real);
    return null;
  } catch (error) {
    await rm(temporary, { force: true });
    return `it cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}
