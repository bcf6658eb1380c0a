import { createHash, hash as hashOf } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { isKustomizationPath } from './file-role.ts';
import type { RawFile } from './types.ts';

/**
 * A file's bytes and their hash, before anything is made of them.
 * @param path relative to the root: its name says how much of it is read.
 * @throws what the system says of a file that cannot be read.
 */
export function readRaw(path: string, absolute: string): RawFile {
  const structured = /\.(ya?ml|json)$/i.test(path) || isKustomizationPath(path);
  const bytes = readUpTo(absolute, structured ? maxYamlBytes : maxTextBytes);
  return bytes === undefined
    ? { path, structured, hash: hashLarge(absolute), bytes: null }
    : { path, structured, hash: hashOf('sha256', bytes, 'hex'), bytes: Buffer.from(bytes) };
}

/**
 * The same where the file may have been read before: it is read again unless its entry says that nobody has
 * written it since, as Git tells of its own. One that was written just before it was read may be written
 * again within the same tick of the file system's clock, and then tells nothing.
 */
export function readUnlessKnown(path: string, absolute: string, known: RawFile | undefined): RawFile {
  const { dev, ino, size, mtimeMs, ctimeMs } = statSync(absolute);
  const stamp = [dev, ino, size, mtimeMs, ctimeMs].join(' ');
  if (known?.stamp === stamp) return known;
  const isSettled = Date.now() - Math.max(mtimeMs, ctimeMs) > coarsestTick;
  const read = readRaw(path, absolute);
  return { ...(known?.hash === read.hash ? known : read), stamp: isSettled ? stamp : undefined };
}

/** Milliseconds: what file systems round times to, and more. */
const coarsestTick = 3000;

/**
 * A file's bytes, good until the next is read; undefined where there are more. To ask for the size first
 * takes as long as to read.
 */
function readUpTo(path: string, most: number): Buffer | undefined {
  const descriptor = openSync(path, 'r');
  try {
    let length = 0;
    while (length <= most) {
      const read = readSync(descriptor, scratch, length, most + 1 - length, null);
      if (read === 0) return scratch.subarray(0, length);
      length += read;
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

function hashLarge(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(2 ** 20);
  const descriptor = openSync(path, 'r');
  try {
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk))
      hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

export const maxYamlBytes = 4 * 2 ** 20;
const maxTextBytes = 2 ** 20;
const scratch = Buffer.allocUnsafeSlow(maxYamlBytes + 1);
