import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { entryAt, isInside } from '../base/index.ts';
import type { Cache } from './cache.ts';
import type { Config } from './config.ts';
import { judgeFile, usesOf } from './file-role.ts';
import { type Gathered, gatherFiles } from './gather.ts';
import { type OpenStore, openStore } from './lock/store.ts';
import type { ParsedFile } from './parse-documents.ts';
import { chartOf, hideFile, parseRaw } from './parse-raw.ts';
import { readRaw } from './raw-file.ts';
import { openMemory } from './remembered-files.ts';
import { openPlaces, type Places } from './remembered-places.ts';
import type { SecretFiles, SourceFile, Sources } from './types.ts';
import { withPlaces } from './with-places.ts';

/**
 * Reads every file under the manifest roots. Nothing outside the root is read, values of Secrets are dropped
 * here, and a file that cannot be read costs only itself.
 * @param options.cache keeps what files parse to and where in them things were found, by their bytes:
 * unchanged files are read and hashed, not parsed again.
 */
export async function readSources(config: Config, options: { cache?: Cache } = {}): Promise<Sources> {
  const store = await openStore(config.root, config.home, options);
  return parseSources(gatherFiles(config), store, config, options);
}

/** The same of files that were gathered. */
export async function parseSources(
  gathered: Gathered,
  store: OpenStore,
  config: Config,
  options: ParseOptions = {},
): Promise<Sources> {
  const { root, home } = config;
  const { raw, charts, unread } = gathered;
  const memory = openMemory(config, options.cache);
  const places = options.before?.places ?? openPlaces(config, options.cache);
  const files = new Map<string, SourceFile>();
  const parsed = new Map<string, ParsedFile>();
  const diagnostics = [...gathered.diagnostics];
  for (const [index, one] of raw.entries()) {
    // What was begun before goes on meanwhile, such as to unpack engines.
    if (index % filesATurn === filesATurn - 1) await nextTurn();
    const { file, content } = parseRaw(one, chartOf(one.path, charts), memory, places);
    files.set(one.path, file);
    if (content) parsed.set(one.path, content);
  }
  const uses = usesOf(files);
  const secrets: SecretFiles = { paths: new Set(), hashes: new Set() };
  for (const [path, used] of uses) if (used.has('secret')) secrets.paths.add(path);
  for (const [path, file] of files) {
    const used = uses.get(path) ?? new Set();
    // What a generator makes a Secret of, or a patch of one, is not shown whatever its form.
    if (used.has('secret')) {
      hideFile(file);
      secrets.hashes.add(file.hash);
      memory.forget(path);
    }
    const content = parsed.get(path);
    if (content && content.faults.length === 0 && !used.has('resource')) continue;
    if (content) diagnostics.push(...judgeFile(path, file.role, content, used));
    if (
      file.role === 'broken' &&
      used.size > 0 &&
      [...used].every((use) => use === 'data' || use === 'secret')
    )
      file.role = 'other';
  }
  if (options.isKept !== false) await memory.save();
  return withPlaces({ root, home, files, diagnostics, unread, secrets, store }, places);
}

const filesATurn = 50;

interface ParseOptions {
  cache?: Cache;
  /** False: what the files parse to is not kept, as it soon is something else. */
  isKept?: boolean | undefined;
  /** The same repository as it was read before: what was found in files that are as they were is known. */
  before?: Pick<Sources, 'places'> | undefined;
}

/**
 * What is a Secret's data on one side of a comparison is so on the other, too, where nothing may name it as
 * such any more, under its path and wherever else its bytes lie.
 */
export function shareSecrets(one: Sources, other: Sources): void {
  const [paths, hashes] = (['paths', 'hashes'] as const).map(
    (by) => new Set([...one.secrets[by], ...other.secrets[by]]),
  ) as [Set<string>, Set<string>];
  for (const sources of [one, other]) {
    Object.assign(sources.secrets, { paths, hashes });
    for (const file of sources.files.values())
      if (paths.has(file.path) || hashes.has(file.hash)) hideFile(file);
  }
}

/**
 * One file of the repository, wherever it lies under the root; undefined where it does not exist, lies
 * outside or is too large.
 * @param name what it is called, where that is not its path.
 */
export function readSourceFile(root: string, path: string, name = path): SourceFile | undefined {
  try {
    // Most that are asked for are nowhere, which one look tells.
    if (entryAt(join(root, path)) === undefined) return undefined;
    const real = realpathSync(join(root, path));
    const entry = statSync(real);
    if (!isInside(realpathSync(root), real) || !entry.isFile()) return undefined;
    const memory = { get: () => undefined, put: () => undefined };
    const places: Pick<Places, 'find'> = { find: (_path, _hash, _question, locate) => locate() };
    return parseRaw(readRaw(name, `${root}/${path}`), undefined, memory, places).file;
  } catch {
    return undefined;
  }
}
