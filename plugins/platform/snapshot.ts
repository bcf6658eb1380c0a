/**
 * Keeps what was made of a repository for the next run, which reads it instead of making it again where
 * nothing that was looked at has changed.
 */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { codeDigest, type PackedRows, packRows, stableStringify, unpackRows } from '../base/index.ts';
import { type Model, plainRelation } from '../model/index.ts';
import { areSameEngines, isAsSeen, type Outside, openOutside } from '../render/index.ts';
import {
  type Cache,
  type Config,
  cacheKey,
  type Gathered,
  ignoredByGit,
  type KnownSources,
  knownOf,
  type OpenStore,
  recallSources,
  type Sources,
} from '../source/index.ts';
import type { Made } from './assemble.ts';

/**
 * One entry for each branch of a repository. It lists what it was made from: the digests of files and
 * configuration, and every look beyond them with its answer. It is written in V8's own format, which keeps
 * shared parts of the model shared. Null where nothing is kept, and for a copy of a commit.
 */
export function openSnapshot(
  config: Config,
  { gathered, store, cache }: { gathered: Gathered; store: OpenStore; cache: Cache },
): Snapshot | null {
  if (cache.directory === null || config.home !== config.root) return null;
  const { home, root, layers, repository } = config;
  const roots = [...layers.bootstrap, ...layers.gitops];
  const key = cacheKey('platform', madeBy(), resolve(home), roots, repository.branches);
  const digest = digestOf(config, gathered, store);
  const outside = openOutside(gathered);
  const ignored: Ignored[] = [];
  const misses = openMisses(cache);
  return {
    outside,
    cache: misses.cache,
    async ignoredOf(paths) {
      const found = await ignoredByGit(config, paths);
      if (paths.length > 0) ignored.push([paths, [...found].sort()]);
      return found;
    },
    async recall() {
      const entry = cache.now('platform', key);
      const end = entry?.indexOf(10) ?? -1;
      if (entry === undefined || end < 0) return null;
      const said = JSON.parse(entry.toString('utf8', 0, end)) as Said;
      if (said.digest !== digest || !isAsSeen(said.seen, root)) return null;
      for (const [paths, found] of said.ignored)
        if (stableStringify([...(await ignoredByGit(config, paths))].sort()) !== stableStringify(found))
          return null;
      const { known, packed, ...kept } = deserialize(entry.subarray(end + 1)) as Kept;
      const made: Made = { ...kept, model: { ...kept.model, ...unpacked(packed) } };
      const isSame = await areSameEngines(made.engines, config.engines, { root: home, cache });
      return isSame ? { made, sources: recallSources(gathered, known, { config, store, cache }) } : null;
    },
    async keep(made, sources) {
      // What was cut short is tried again by the next run.
      if (!misses.areNone()) return;
      const said: Said = { digest, seen: [...outside.seen], ignored };
      const { relations, policyResults } = made.model;
      const packed: Packed = {
        relations: packRows(relations.map(plainRelation)),
        policyResults: packRows(policyResults),
      };
      // Their places in the sequence of keys stay.
      const model: Model = { ...made.model, relations: [], policyResults: [] };
      const kept: Kept = { ...made, model, packed, known: knownOf(sources) };
      const content = serialize(kept);
      if (content.length > mostBytes) return;
      await cache.set('platform', key, Buffer.concat([Buffer.from(`${JSON.stringify(said)}\n`), content]));
    },
  };
}

/** The rooms whose code decides the form of what is kept. */
function madeBy(): string {
  const rooms = ['base', 'words', 'cel', 'source', 'render', 'template', 'model', 'platform'];
  return `${codeDigest(rooms)} ${process.versions.v8}`;
}

/** Everything that is known before the model is made. */
function digestOf(config: Config, { raw, charts, unread, faults }: Gathered, store: OpenStore): string {
  const { lock } = store;
  const fetched = lock && [
    lock,
    lock.charts.map((one) => store.read(one).found),
    lock.trees.map((one) => store.tree(one).found),
    lock.files.map((one) => store.file(one).found),
  ];
  const hash = createHash('sha256');
  hash.update(stableStringify([config, [...charts], unread, faults, fetched]));
  for (const { path, hash: content } of raw) hash.update(`\0${path}\0${content}`);
  return hash.digest('hex');
}

/**
 * Answers of engines that were not there and are not kept afterwards, either: the same would be asked again,
 * and may be answered.
 */
function openMisses(cache: Cache): { cache: Cache; areNone(): boolean } {
  const missed = new Set<string>();
  return {
    areNone: () => missed.size === 0,
    cache: {
      ...cache,
      async get(kind, key) {
        const answer = await cache.get(kind, key);
        if (answer === undefined && ofEngines.has(kind)) missed.add(`${kind} ${key}`);
        return answer;
      },
      async set(kind, key, answer) {
        missed.delete(`${kind} ${key}`);
        await cache.set(kind, key, answer);
      },
    },
  };
}

const ofEngines = new Set(['build', 'chart']);

/** Ten times what ten thousand manifests take. */
const mostBytes = 2 ** 28;

interface Kept extends Made {
  packed: Packed;
  known: KnownSources;
}

/** Lists of the model that have a row for nearly each pair of something: a policy and what it judges. */
type Packed = { [List in 'relations' | 'policyResults']: PackedRows<Model[List][number]> };

function unpacked({ relations, policyResults }: Packed): Pick<Model, keyof Packed> {
  return { relations: unpackRows(relations), policyResults: unpackRows(policyResults) };
}

/** What something is kept for. */
interface Said {
  digest: string;
  seen: Outside['seen'] extends Map<infer Asked, infer Answer> ? [Asked, Answer][] : never;
  ignored: Ignored[];
}

/** Paths, and those of them that Git ignores. */
type Ignored = [paths: string[], ignored: string[]];

export interface Snapshot {
  /** What is looked at beyond the files: given to whoever renders. */
  outside: Outside;
  /** Given to whoever renders, too. */
  cache: Cache;
  /** Asks Git, and notes that. */
  ignoredOf(paths: string[]): Promise<ReadonlySet<string>>;
  /** What was made of the very same; null where nothing was, or it is damaged. */
  recall(): Promise<{ made: Made; sources: Sources } | null>;
  /** Keeps what was made, unless something of it was cut short. */
  keep(made: Made, sources: Sources): Promise<void>;
}
