import type { Cache } from './cache/cache.ts';
import type { Config } from './config/config.ts';
import type { OpenStore } from './lock/store.ts';
import { chartOf, hideFile, parseRaw } from './parse-raw.ts';
import { openMemory } from './remembered-files.ts';
import { openPlaces } from './remembered-places.ts';
import type { SourceFault } from './source-fault.ts';
import type { FileRole, Gathered, RawFile, SourceFile, Sources } from './types.ts';
import { withPlaces } from './with-places.ts';

/**
 * Files that were parsed before, with what was found out of them all then: each is parsed again when its text
 * or a document of it is asked for.
 * @param known of the same files under the same configuration.
 */
export function recallSources(
  gathered: Gathered,
  known: KnownSources,
  { config, store, cache }: { config: Config; store: OpenStore; cache: Cache },
): Sources {
  const { root, home } = config;
  const { raw, charts, unread, isCovered } = gathered;
  const memory = { get: openMemory(config, cache).get, put: () => undefined };
  const places = openPlaces(config, cache);
  const paths = new Set(known.secretPaths);
  const files = new Map<string, SourceFile>();
  for (const [index, one] of raw.entries()) {
    const isSecret = paths.has(one.path);
    files.set(
      one.path,
      recalled(one, known.roles[index] ?? 'other', () => {
        const { file } = parseRaw(one, chartOf(one.path, charts), memory, places);
        if (isSecret) hideFile(file);
        return file;
      }),
    );
  }
  const secrets = { paths, hashes: new Set(known.secretHashes) };
  const { faults } = known;
  return withPlaces({ root, home, files, faults, unread, isCovered, secrets, store }, places);
}

/** What is found out of all files together, as JSON. */
export function knownOf({ files, secrets, faults }: Sources): KnownSources {
  return {
    roles: [...files.values()].map(({ role }) => role),
    secretPaths: [...secrets.paths],
    secretHashes: [...secrets.hashes],
    faults,
  };
}

function recalled({ path, hash }: RawFile, role: FileRole, parse: () => SourceFile): SourceFile {
  let parsed: SourceFile | undefined;
  const whole = () => {
    parsed ??= parse();
    return parsed;
  };
  return {
    path,
    role,
    hash,
    get text() {
      return whole().text;
    },
    set text(text) {
      whole().text = text;
    },
    get documents() {
      return whole().documents;
    },
    set documents(documents) {
      whole().documents = documents;
    },
  };
}

export interface KnownSources {
  /** Of the files, in their order. */
  roles: FileRole[];
  /** Files that a Secret is made of or patched with, */
  secretPaths: string[];
  /** and the hashes of their bytes. */
  secretHashes: string[];
  faults: SourceFault[];
}
