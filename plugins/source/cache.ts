import { hash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, stableStringify } from '../base/index.ts';
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
  const entries = new Map<string, string>();
  return {
    directory: null,
    async get(kind, key) {
      return entries.get(`${kind}/${key}`);
    },
    async set(kind, key, text) {
      entries.set(`${kind}/${key}`, text);
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
        const entry = await readEntry(fileOf(kind, key));
        const end = entry.indexOf('\n');
        const text = entry.slice(end + 1);
        return end > 0 && entry.slice(0, end) === sumOf(kind, key, text) ? text : undefined;
      } catch {
        return undefined;
      }
    },
    async set(kind, key, text) {
      const file = fileOf(kind, key);
      // A reader in another process sees the old entry or the new one, never a part: the name appears when
      // all is written.
      const temporary = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
      try {
        makeFolder(dirname(file));
        await writeFile(temporary, `${sumOf(kind, key, text)}\n${text}`);
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
async function readEntry(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const info = await file.stat();
    if (!info.isFile()) return '';
    markUsed(path, info);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** An entry that was copied to the place of another is not its answer: what it answers is summed, too. */
function sumOf(kind: string, key: string, text: string): string {
  return sha256(`${kind}\n${key}\n${text}`);
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
  set(kind: string, key: string, text: string): Promise<void>;
}
