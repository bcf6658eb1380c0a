import { resolve } from 'node:path';
import { compareText, once } from '../base/index.ts';
import { type Cache, cacheKey } from './cache/cache.ts';
import type { Config } from './config/config.ts';
import { sourceCode } from './source-code.ts';
import { asOf, isJson, type ParsedFile } from './yaml/parse-documents.ts';

/**
 * What files parsed to, last time: one entry for the whole repository, because reading ten thousand small
 * ones takes longer than parsing. Each file's part is used only while its bytes are the same.
 */
export function openMemory(config: Config, cache: Cache | undefined): Memory {
  const key = cacheKey('sources', sourceCode(), resolve(config.home), foldersOf(config));
  const known = once(() => parseMemory(cache?.now('sources', key)?.toString('utf8')));
  const next: Remembered = {};
  const byContent = new Map<string, ParsedFile>();
  let fresh = 0;
  return {
    get(path, hash) {
      const entry = Object.hasOwn(known(), path) ? known()[path] : undefined;
      if (entry?.[0] === hash) return entry[1];
      const same = byContent.get(contentKey(path, hash));
      return same === undefined ? undefined : asOf(path, same);
    },
    put(path, hash, content) {
      if (known()[path]?.[1] !== content) fresh++;
      next[path] = [hash, content];
      byContent.set(contentKey(path, hash), content);
    },
    forget(path) {
      delete next[path];
      if (!Object.hasOwn(known(), path)) fresh--;
    },
    async save() {
      // Of a copy of some commit, what is known of the repository itself is worth more.
      if (config.home !== config.root && Object.keys(known()).length > 0) return;
      if (fresh === 0 && Object.keys(known()).length === Object.keys(next).length) return;
      await cache?.set('sources', key, JSON.stringify(next));
    },
  };
}

/** What files parse to that have the same bytes, but for where it is. */
function contentKey(path: string, hash: string): string {
  return `${isJson(path)} ${hash}`;
}

function parseMemory(text: string | undefined): Remembered {
  try {
    return text === undefined ? {} : (JSON.parse(text) as Remembered);
  } catch {
    return {};
  }
}

/** The manifest folders, each once. */
export function foldersOf(config: Config): string[] {
  return [...new Set([...config.layers.bootstrap, ...config.layers.gitops])].sort(compareText);
}

type Remembered = Record<string, [hash: string, content: ParsedFile]>;
export interface Memory {
  /** Also of another file of these bytes, as clusters of one platform often have. */
  get(path: string, hash: string): ParsedFile | undefined;
  put(path: string, hash: string, content: ParsedFile): void;
  /** Leaves out a file whose content turned out to be secret. */
  forget(path: string): void;
  save(): Promise<void>;
}
