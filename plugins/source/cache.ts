import { hash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { stableStringify } from '../base/index.ts';

/**
 * A content-addressed store of texts: the key names everything that the text was made from, so an entry is
 * never stale. An entry that is damaged, half-written or unreadable is a miss; a write that fails is silent,
 * because the answer is known already.
 * @param directory where entries live; null keeps them in memory for this run only.
 */
export function openCache(directory: string | null): Cache {
  return directory === null ? memoryCache() : diskCache(directory);
}

/** A key from anything that JSON can hold: the same parts give the same key. */
export function cacheKey(...parts: unknown[]): string {
  return sha256(stableStringify(parts));
}

/**
 * Where entries live unless told otherwise: with the repository's node_modules, else with the user's other
 * caches.
 */
export function defaultCacheDirectory(root: string): string {
  const modules = join(root, 'node_modules');
  if (existsSync(modules)) return join(modules, '.cache', 'plumbline');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plumbline');
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
  const fileOf = (kind: string, key: string) => {
    const name = sha256(key);
    return join(directory, kind.replaceAll(/[^a-z0-9-]/g, '-'), name.slice(0, 2), name);
  };
  return {
    directory,
    async get(kind, key) {
      try {
        const entry = await readFile(fileOf(kind, key), 'utf8');
        const end = entry.indexOf('\n');
        const text = entry.slice(end + 1);
        return end > 0 && entry.slice(0, end) === sha256(text) ? text : undefined;
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
        await mkdir(dirname(file), { recursive: true });
        await writeFile(temporary, `${sha256(text)}\n${text}`);
        await rename(temporary, file);
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

export interface Cache {
  /** Where entries live; null where they are in memory. */
  directory: string | null;
  /** The text stored under a key; undefined where there is none, or what is there is damaged. */
  get(kind: string, key: string): Promise<string | undefined>;
  set(kind: string, key: string, text: string): Promise<void>;
}
