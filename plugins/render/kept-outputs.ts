import type { Cache } from '../source/index.ts';

/**
 * What engines answered, from the cache and to it. What this process has read of it before is not read again:
 * it is the same object then, and whoever worked something out of it finds that. Nobody changes it.
 * @param before what was used of it the last time; what nobody asks for again is forgotten.
 */
export function openOutputs(cache: Cache, before: KnownOutputs = new Map()): Outputs {
  const known = new Map<string, object>();
  const writing: Promise<void>[] = [];
  return {
    known,
    async get<Output extends object>(kind: OutputKind, key: string) {
      const name = `${kind} ${key}`;
      const found = known.get(name) ?? before.get(name) ?? parsed(await cache.get(kind, key));
      if (found !== undefined) known.set(name, found);
      return found as Output | undefined;
    },
    set(kind, key, output) {
      writing.push(cache.set(kind, key, JSON.stringify(output)));
    },
    async written() {
      await Promise.all(writing);
    },
  };
}

function parsed(text: string | undefined): object | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as object);
}

/** Names of entries of the cache. */
type OutputKind = 'build' | 'chart';

/** By kind and key. */
export type KnownOutputs = ReadonlyMap<string, object>;

export interface Outputs {
  /** What was asked for. */
  known: KnownOutputs;
  get<Output extends object>(kind: OutputKind, key: string): Promise<Output | undefined>;
  /** For the next one who asks; nobody waits for that. */
  set(kind: OutputKind, key: string, output: object): void;
  /** When all of it is in the cache. */
  written(): Promise<void>;
}
