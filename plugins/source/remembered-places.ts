import { resolve } from 'node:path';
import { compareText, once } from '../base/index.ts';
import { type Cache, cacheKey } from './cache/cache.ts';
import type { Config } from './config/config.ts';
import type { Place } from './diagnostic.ts';
import { foldersOf } from './remembered-files.ts';
import { sourceCode } from './source-code.ts';

/**
 * Where in the files things were found, last time: to find them again a file must be parsed with the
 * positions of all its nodes, which takes longer than all else that is done with an unchanged file. One entry
 * for the repository; a file's part is used while its bytes are the same.
 */
export function openPlaces(config: Config, cache: Cache | undefined): Places {
  const key = cacheKey('places', sourceCode(), resolve(config.home), foldersOf(config));
  let isNew = false;
  let isFresh = false;
  const known = once(() => {
    const kept = new Map(Object.entries(parsed(cache?.now('places', key)?.toString('utf8'))));
    isNew = kept.size === 0;
    return kept;
  });

  function partOf(path: string, hash: string): Found {
    const entry = known().get(path);
    if (entry?.[0] === hash) return entry[1];
    const part: Found = {};
    known().set(path, [hash, part]);
    return part;
  }

  return {
    find(path, hash, question, locate) {
      const part = partOf(path, hash);
      const answer = Object.hasOwn(part, question) ? part[question] : undefined;
      if (answer !== undefined) return placed(path, answer);
      const place = locate();
      part[question] = place ? [place.line, place.column, place.endLine, place.endColumn] : [];
      isFresh = true;
      return place;
    },
    async save(paths) {
      if (!isFresh) return;
      isFresh = false;
      // Files come and go under many paths while a repository is followed.
      for (const path of known().keys()) if (!paths.has(path)) known().delete(path);
      // Of a copy of some commit, what is known of the repository itself is worth more.
      if (!(config.home === config.root || isNew)) return;
      const left = [...known()].sort(([a], [b]) => compareText(a, b));
      await cache?.set('places', key, JSON.stringify(Object.fromEntries(left)));
    },
  };
}

function placed(file: string, [line, column, endLine, endColumn]: number[]): Place | undefined {
  if (line === undefined || column === undefined || endLine === undefined || endColumn === undefined)
    return undefined;
  return { file, line, column, endLine, endColumn };
}

function parsed(text: string | undefined): Record<string, [hash: string, found: Found]> {
  try {
    return text === undefined ? {} : (JSON.parse(text) as Record<string, [string, Found]>);
  } catch {
    return {};
  }
}

/** Line, column, end line and end column by what was asked for; none where nothing was found. */
type Found = Record<string, number[]>;

export interface Places {
  /** The answer to a question about a file, given before about the same bytes, or now by `locate`. */
  find(path: string, hash: string, question: string, locate: () => Place | undefined): Place | undefined;
  /** Keeps the answers about these files, where any is new. */
  save(paths: { has(path: string): boolean }): Promise<void>;
}
