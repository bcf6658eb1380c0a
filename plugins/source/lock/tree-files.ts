/** What was taken of a Git repository, as plain files in a folder. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareText, digestOf, entryAt } from '../../base/index.ts';

/**
 * The same for the same files, whatever the clone: SHA-256 over the paths, sorted, and the digests of the
 * bytes. Modes are no part of it: nothing here is run, and a checkout on another system has others.
 */
export function treeDigest(files: TreeFiles): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort(compareText))
    hash.update(`${path}\0${digestOf(files.get(path) ?? new Uint8Array())}\n`);
  return hash.digest('hex');
}

/** Whole or not at all; what was there before goes. */
export function writeTree(folder: string, files: TreeFiles): void {
  const own = `${folder}.${process.pid}`;
  try {
    rmSync(own, { recursive: true, force: true });
    mkdirSync(own, { recursive: true });
    for (const [path, bytes] of files) {
      const target = join(own, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes, { mode: 0o644 });
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(own, folder);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** The plain files of a folder; null where it is none, or holds what is no plain file or more than it may. */
export function readTree(folder: string): TreeFiles | null {
  if (!entryAt(folder)?.isDirectory()) return null;
  const files = new Map<string, Uint8Array>();
  let total = 0;
  const visit = (inner: string): boolean => {
    for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!visit(path)) return false;
        continue;
      }
      if (!entry.isFile() || files.size >= mostFiles) return false;
      const size = entryAt(join(folder, path))?.size ?? 0;
      total += size;
      if (size > largestFile || total > largestTree) return false;
      files.set(path, readFileSync(join(folder, path)));
    }
    return true;
  };
  return visit('') ? files : null;
}

/** Bytes that may be taken of one commit, of one file of it, and how many files. */
export const largestTree = 64 * 2 ** 20;
export const largestFile = 5 * 2 ** 20;
export const mostFiles = 10_000;

/** Bytes by the path below the root of the repository. */
export type TreeFiles = ReadonlyMap<string, Uint8Array>;
