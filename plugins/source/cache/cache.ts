import { createHash, hash, randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, stableStringify } from '../../base/index.ts';
import { markUsed, pruneCache } from './prune-cache.ts';

/**
 * A content-addressed store of texts: the key names everything that the text was made from, so an entry is
 * never stale, and any number of branches, jobs and machines may share it. An entry that is damaged,
 * half-written, unreadable, no file or another key's is a miss; a write that fails is silent, because the
 * answer is known already.
 * @param directory where entries live; null keeps them in memory for this run only.
 */
export function openCache(directory: string | null): Cache {
  return directory === null ? memoryCache() : diskCache(directory);
}

/** A key from anything that JSON can hold: the same parts give the same key. */
export function cacheKey(...parts: unknown[]): string {
  return sha256(stableStringify(parts));
}

function memoryCache(): Cache {
  const entries = new Map<string, string | Uint8Array>();
  return {
    directory: null,
    async get(kind, key) {
      const answer = entries.get(`${kind}/${key}`);
      return answer === undefined ? undefined : answer.toString();
    },
    now(kind, key) {
      const answer = entries.get(`${kind}/${key}`);
      return answer === undefined ? undefined : Buffer.from(answer);
    },
    async set(kind, key, answer) {
      entries.set(`${kind}/${key}`, answer);
    },
  };
}

function diskCache(directory: string): Cache {
  let isBounded = false;
  const fileOf = (kind: string, key: string) => {
    const name = sha256(key);
    return join(directory, kind.replaceAll(/[^a-z0-9-]/g, '-'), name.slice(0, 2), name);
  };
  return {
    directory,
    async get(kind, key) {
      try {
        return answerIn(await readEntry(fileOf(kind, key)), kind, key)?.toString('utf8');
      } catch {
        return undefined;
      }
    },
    now(kind, key) {
      try {
        return answerIn(readEntryNow(fileOf(kind, key)), kind, key);
      } catch {
        return undefined;
      }
    },
    async set(kind, key, answer) {
      const file = fileOf(kind, key);
      // A reader in another process sees the old entry or the new one, never a part: the name appears when
      // all is written.
      const temporary = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
      try {
        makeFolder(dirname(file));
        const sum = `${sumOf(kind, key, answer)}\n`;
        await writeFile(temporary, typeof answer === 'string' ? sum + answer : [sum, answer]);
        await rename(temporary, file);
        if (!isBounded) pruneCache(directory, { bytes: maximumBytes });
        isBounded = true;
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** Opened without waiting: a pipe in the place of an entry would have no end. */
async function readEntry(path: string): Promise<Buffer> {
  const file = await open(path, withoutWaiting);
  try {
    const info = await file.stat();
    if (!info.isFile()) return Buffer.alloc(0);
    markUsed(path, info);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function readEntryNow(path: string): Buffer {
  const file = openSync(path, withoutWaiting);
  try {
    const info = fstatSync(file);
    if (!info.isFile()) return Buffer.alloc(0);
    markUsed(path, info);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What follows the sum in the first line, where that is its sum. */
function answerIn(entry: Buffer, kind: string, key: string): Buffer | undefined {
  const end = entry.indexOf(10);
  const answer = entry.subarray(end + 1);
  return end > 0 && entry.toString('latin1', 0, end) === sumOf(kind, key, answer) ? answer : undefined;
}

/** An entry that was copied to the place of another is not its answer: what it answers is summed, too. */
function sumOf(kind: string, key: string, answer: string | Uint8Array): string {
  return createHash('sha256').update(`${kind}\n${key}\n`).update(answer).digest('hex');
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Of all entries: five hundred times what one run of a large repository keeps. */
const maximumBytes = 2 ** 30;

export interface Cache {
  /** Where entries live; null where they are in memory. */
  directory: string | null;
  /** The text stored under a key; undefined where there is none, or what is there is damaged. */
  get(kind: string, key: string): Promise<string | undefined>;
  /** The same at once, as bytes: for what is large, and may not be asked for at all. */
  now(kind: string, key: string): Buffer | undefined;
  set(kind: string, key: string, answer: string | Uint8Array): Promise<void>;
}
