import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { entryAt, isInside, oncePer, whileSame } from '../base/index.ts';
import type { Cache } from './cache/cache.ts';
import type { Config } from './config/config.ts';
import { judgeFile } from './file-faults.ts';
import { usesOf } from './file-role.ts';
import { gatherFiles } from './gather.ts';
import type { ReferenceUse } from './kustomization-references.ts';
import { type OpenStore, openStore } from './lock/store.ts';
import { chartOf, hidden, hideFile, parseRaw } from './parse-raw.ts';
import { readRaw } from './raw-file.ts';
import { type Memory, openMemory } from './remembered-files.ts';
import { openPlaces, type Places } from './remembered-places.ts';
import type { SourceFault } from './source-fault.ts';
import type { Gathered, Parsed, Read, SecretFiles, SourceFile, Sources, Uses } from './types.ts';
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
  const { raw, charts, unread, isCovered } = gathered;
  const { before } = options;
  const changed: SourceFile[] = [];
  // What this process has parsed says more than what is kept of it.
  const memory = before?.parsed === undefined ? openMemory(config, options.cache) : noMemory;
  const places = before?.places ?? openPlaces(config, options.cache);
  const touched = before && parseTouched(gathered, before, places);
  if (touched !== undefined)
    return { ...withPlaces({ root, home, unread, isCovered, store, ...touched }, places), gathered };
  const files = new Map<string, SourceFile>();
  const parsed = new Map<string, Parsed>();
  const faults = [...gathered.faults];
  for (const one of raw) {
    const chart = chartOf(one.path, charts);
    const known = before?.parsed?.get(one.path);
    if (known?.raw.hash === one.hash && known.chart === chart) {
      parsed.set(one.path, known.raw === one ? known : { ...known, raw: one });
      files.set(one.path, known.read.file);
      continue;
    }
    const read = parseRaw(one, chart, memory, places);
    parsed.set(one.path, { raw: one, chart, read });
    files.set(one.path, read.file);
    changed.push(...(known ? [known.read.file] : []), read.file);
    // What was begun before goes on meanwhile, such as to unpack engines.
    if (changed.length % filesATurn === 0) await nextTurn();
  }
  const uses = usesSince(before, files, changed);
  const secrets: SecretFiles = { paths: new Set(), hashes: new Set() };
  for (const [path, used] of uses) if (used.has('secret')) secrets.paths.add(path);
  for (const [path, { read }] of parsed) {
    const used = uses.get(path) ?? unused;
    const { file, faults: own } = asUsed(read, used);
    if (file !== read.file) files.set(path, file);
    if (used.has('secret')) {
      secrets.hashes.add(file.hash);
      memory.forget(path);
    }
    faults.push(...own);
  }
  if (options.isKept !== false) await memory.save();
  const read = { root, home, files, faults, unread, isCovered, secrets, store };
  return { ...withPlaces(read, places), gathered, parsed, uses };
}

/**
 * What was parsed before, with what was written since; undefined where that may say more than what is in it:
 * what a kustomization names, what is a Secret's, and where something is wrong.
 */
function parseTouched(
  { raw, paths, charts }: Gathered,
  { gathered, parsed, uses, faults, secrets, ...before }: Sources,
  places: Places,
): Pick<Sources, 'files' | 'parsed' | 'uses' | 'faults' | 'secrets'> | undefined {
  if (!parsed || !uses || paths !== gathered?.paths || charts !== gathered.charts) return undefined;
  const next = { files: new Map(before.files), parsed: new Map(parsed) };
  for (const [index, one] of raw.entries()) {
    const known = one === gathered.raw[index] ? undefined : parsed.get(one.path);
    if (known === undefined) continue;
    const isSame = known.raw.hash === one.hash;
    const read = isSame ? known.read : parseRaw(one, known.chart, noMemory, places);
    next.parsed.set(one.path, { ...known, raw: one, read });
    if (isSame) continue;
    const used = uses.get(one.path) ?? unused;
    const both = [known.read, read];
    if (used.has('secret') || used.has('plugin')) return undefined;
    if (both.some((each) => each.file.role === 'kustomization' || asUsed(each, used).faults.length > 0))
      return undefined;
    next.files.set(one.path, asUsed(read, used).file);
  }
  return { ...next, uses, faults, secrets: { ...secrets } };
}

/** What a file is as it is used, and what is wrong with it then. */
function asUsed(read: Read, used: ReadonlySet<ReferenceUse>): { file: SourceFile; faults: SourceFault[] } {
  const { content } = read;
  // What was parsed stays as it is: the next reading may find other uses of it. What a generator makes a
  // Secret of, or a patch of one, is not shown whatever its form.
  const file = used.has('secret') ? hiddenOnce(read.file) : read.file;
  if (content && content.faults.length === 0 && !used.has('resource')) return { file, faults: [] };
  const { path, role } = file;
  const judge = () => (content ? judgeFile(path, role, content, used) : []);
  const faults = sameFaults(read, [role, used], judge);
  const isData = used.size > 0 && [...used].every((use) => use === 'data' || use === 'secret');
  return { file: role === 'broken' && isData ? asData(file) : file, faults };
}

// The very same as long as the file is, as what was worked out of it stays then.
const hiddenOnce = oncePer(hidden);
const asData = oncePer((file: SourceFile): SourceFile => ({ ...file, role: 'other' }));
const sameFaults = whileSame<Read, SourceFault[]>();

/** How the kustomizations use each file: worked out anew where one of them has changed, or what they read. */
function usesSince(
  before: ParseOptions['before'],
  files: ReadonlyMap<string, SourceFile>,
  changed: readonly SourceFile[],
): Uses {
  const known = before?.uses;
  const isUser = ({ path, role }: SourceFile) => role === 'kustomization' || known?.get(path)?.has('plugin');
  if (known === undefined || before?.parsed?.size !== files.size || changed.some(isUser))
    return usesOf(files);
  return [...files.keys()].every((path) => before.parsed?.has(path)) ? known : usesOf(files);
}

const filesATurn = 50;

interface ParseOptions {
  cache?: Cache;
  /** False: what the files parse to is not kept, as it soon is something else. */
  isKept?: boolean | undefined;
  /** The same repository as it was read before: what was found in files that are as they were is known. */
  before?: Sources | undefined;
}

const noMemory: Memory = {
  get: () => undefined,
  put: () => undefined,
  forget: () => undefined,
  save: async () => undefined,
};
const unused: ReadonlySet<ReferenceUse> = new Set();

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
