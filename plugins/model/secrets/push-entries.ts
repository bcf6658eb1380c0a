/**
 * Keys of a Secret → places at a provider. Source: `pushsecret_controller.go` expandDataTo,
 * resolveSourceKeyConflicts, validateRemoteKeyUniqueness.
 */
import { type JsonObject, listAt, objectAt, takeSteps, textAt } from '../../base/index.ts';
import { sortedKeys } from './key-set.ts';
import { KeysFault, patternOf, renameBy, renamed, reverseKey, UnknownKeys } from './rewrite-keys.ts';

/** Entries of `dataTo` for one store. @throws KeysFault; UnknownKeys */
export function expandDataTo(dataTo: readonly JsonObject[], keys: readonly string[]): Expanded[] {
  const seen = new Set<string>();
  return dataTo.flatMap((entry) => {
    const found = expand(entry, keys);
    for (const { remote } of found) {
      if (seen.has(remote)) throw new KeysFault('duplicate-remote');
      seen.add(remote);
    }
    return found;
  });
}

function expand(entry: JsonObject, keys: readonly string[]): Expanded[] {
  const strategy = textAt(entry, 'conversionStrategy') ?? '';
  const bundle = textAt(entry, 'remoteKey') ?? '';
  const originals = new Map(keys.map((key) => [reverseKey(strategy, key), key]));
  renamed(new Map(keys.map((key) => [key, null])), (key) => reverseKey(strategy, key));
  const matched = sortedKeys(originals.keys()).filter(matcherOf(textAt(entry, 'match', 'regexp') ?? ''));
  if (matched.length === 0) return [];
  if (bundle !== '') return [{ source: '', remote: bundle, keys: matched }];
  const renames = listAt(entry, 'rewrite').map(renameBy);
  const made = matched.map((key) => ({
    source: originals.get(key) ?? key,
    remote: renames.reduce((name, rename) => rename(name), key),
    keys: null,
  }));
  if (made.some(({ remote }) => remote === '')) throw new KeysFault('empty-remote');
  // Two of one entry share a name without a word: they meet later.
  return made;
}

function matcherOf(source: string): (key: string) => boolean {
  if (source === '') return () => true;
  const pattern = patternOf(source);
  return (key) => {
    if (!takeSteps((pattern.size * key.length) / 16)) throw new UnknownKeys();
    return pattern.finds(key);
  };
}

/**
 * What is pushed into one store: `data` takes its keys away from `dataTo`. @throws KeysFault `no-key`,
 * `duplicate-remote`
 */
export function pushedEntries(
  expanded: readonly Expanded[],
  data: readonly JsonObject[],
  keys: readonly string[],
  isOpen: boolean,
): PushedEntry[] {
  const explicit = data.map((entry) => explicitEntry(entry, keys));
  const taken = new Set(explicit.map(({ source }) => source));
  const merged = [...expanded.filter(({ source }) => !taken.has(source)), ...explicit];
  const places = merged.map(({ remote, property }) => `${remote}\0${property ?? ''}`);
  if (new Set(places).size < places.length) throw new KeysFault('duplicate-remote');
  return merged.map(({ source, remote, property, keys: bundled }) => {
    const place = property === undefined ? { remote } : { remote, property };
    if (source === '') return { ...place, keys: bundled ?? sortedKeys(keys) };
    if (!keys.includes(source) && !isOpen) throw new KeysFault('no-key');
    return { ...place, key: source };
  });
}

/** The key as the Secret has it, where the entry names it as it is reversed. */
function explicitEntry(entry: JsonObject, keys: readonly string[]): Expanded {
  const remote = objectAt(entry, 'match', 'remoteRef');
  const property = textAt(remote, 'property') ?? '';
  const wanted = textAt(entry, 'match', 'secretKey') ?? '';
  const strategy = textAt(entry, 'conversionStrategy') ?? '';
  const source = wanted === '' ? '' : (keys.find((key) => reverseKey(strategy, key) === wanted) ?? wanted);
  return {
    source,
    remote: textAt(remote, 'remoteKey') ?? '',
    keys: null,
    ...(property === '' ? {} : { property }),
  };
}

export interface Expanded {
  /** The key of the Secret; empty for several as one JSON object. */
  source: string;
  remote: string;
  property?: string;
  /** Of a bundle; null for one key, or for the whole Secret. */
  keys: string[] | null;
}

export interface PushedEntry {
  remote: string;
  property?: string;
  /** One key of the Secret, */
  key?: string;
  /** or several, written as one JSON object. */
  keys?: string[];
}
