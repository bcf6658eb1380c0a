/**
 * The keys that an ExternalSecret fetches. Source: `externalsecret_controller_secret.go`
 * GetProviderSecretData: `dataFrom` in its order, then `data`, which wins.
 */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import { keysOfGenerator } from './generators.ts';
import { type KeySet, keySet, type SecretKeys } from './key-set.ts';
import type { Objects } from './objects.ts';
import { providerOf } from './providers.ts';
import { intoOfUnknown, KeysFault, rewritten, type SecretData, UnknownKeys } from './rewrite-keys.ts';
import { type StoreRef, storeRefsOf } from './stores.ts';
import type { Writer } from './writers.ts';

/**
 * @param secretKeys keys of another Secret of the same cluster, which a store may read; null where there is
 *   none.
 */
export function fetchedBy(writer: Writer, objects: Objects, secretKeys: SecretKeys): Fetched {
  const refs = storeRefsOf(writer, objects);
  const refused = refs.find(({ ok }) => ok === false);
  if (refused) return { ...nothing, refs, fails: refusal(refused) };
  const { spec } = writer;
  // What is gone at the provider fails the whole, unless that is what the policy is for.
  const retains = (textAt(spec, 'target', 'deletionPolicy') || 'Retain') === 'Retain';
  const data: SecretData = new Map();
  const maybe = new Set<string>();
  let open = false;
  try {
    for (const ref of [...refs.filter(isFrom), ...refs.filter((one) => !isFrom(one))]) {
      const entry = listAt(spec, ref.field)[ref.index];
      if (!isObject(entry)) continue;
      const part = isFrom(ref)
        ? mapOf(entry, ref, objects, secretKeys)
        : oneOf(entry, ref, objects, secretKeys);
      if (part === 'missing') {
        if (retains) throw new KeysFault('missing-remote');
      } else if (part === 'unknown' && !isFrom(ref)) {
        const key = textAt(entry, 'secretKey') ?? '';
        if (retains) data.set(key, null);
        else maybe.add(key);
      } else if (part === 'unknown') open = true;
      else {
        for (const [key, value] of part.data) data.set(key, value);
        for (const key of part.maybe) maybe.add(key);
        open ||= part.open;
      }
    }
  } catch (error) {
    if (error instanceof KeysFault) return { ...nothing, refs, fails: error.reason };
    throw error;
  }
  return { refs, data, keys: keySet(data.keys(), maybe, open), fails: null };
}

const isFrom = ({ field }: StoreRef): boolean => field === 'dataFrom';

function refusal({ reason, path }: StoreRef): string {
  if (reason === 'denied') return 'store-denied';
  return path.includes('generatorRef') ? 'generator-missing' : 'store-missing';
}

/** One key of `data`, with its value where it is known. */
function oneOf(
  entry: JsonObject,
  ref: StoreRef,
  objects: Objects,
  secretKeys: SecretKeys,
): Part | 'missing' | 'unknown' {
  const found = providerOf(ref.store, objects, secretKeys).value(objectAt(entry, 'remoteRef'));
  if (typeof found === 'string') return found;
  return { data: new Map([[textAt(entry, 'secretKey') ?? '', found.value]]), maybe: [], open: false };
}

/** The keys of an entry of `dataFrom`. */
function mapOf(entry: JsonObject, ref: StoreRef, objects: Objects, secretKeys: SecretKeys): Part | 'missing' {
  if (ref.path.includes('generatorRef')) {
    const keys = keysOfGenerator(ref.kind, ref.store);
    const known: SecretData = new Map([...keys.sure].map((key) => [key, null]));
    return after(entry, null, keys.open ? null : known);
  }
  const provider = providerOf(ref.store, objects, secretKeys);
  const way = isObject(entry.find) ? 'find' : 'extract';
  const reference = objectAt(entry, way);
  const found = way === 'find' ? provider.find(reference) : provider.extract(reference);
  if (found === 'missing') return found;
  return after(entry, textAt(reference, 'conversionStrategy') ?? '', found === 'unknown' ? null : found);
}

/** What a rewrite leaves of it; null for keys that are not known. */
function after(entry: JsonObject, strategy: string | null, data: SecretData | null): Part {
  try {
    if (data !== null) return { data: rewritten(entry, strategy, data), maybe: [], open: false };
  } catch (error) {
    if (!(error instanceof UnknownKeys)) throw error;
  }
  try {
    const into = intoOfUnknown(listAt(entry, 'rewrite'));
    return { data: new Map(into === null ? [] : [[into, null]]), maybe: [], open: true };
  } catch (error) {
    if (!(error instanceof UnknownKeys)) throw error;
    return { data: new Map(), maybe: [], open: true };
  }
}

const nothing = { data: new Map<string, string | null>(), keys: keySet() };

interface Part {
  data: SecretData;
  maybe: readonly string[];
  open: boolean;
}

export interface Fetched {
  refs: StoreRef[];
  /** Of the keys that are sure to be there. */
  data: SecretData;
  keys: KeySet;
  /** Why nothing is made of it, in a word. */
  fails: string | null;
}
