/**
 * What a PushSecret writes into which store. Source: `pkg/controllers/pushsecret/pushsecret_controller.go`.
 */
import {
  at,
  compareText,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '../../base/index.ts';
import { selectorFits } from '../label-selector.ts';
import { keysOfGenerator } from './generators.ts';
import { type KeySet, sortedKeys } from './key-set.ts';
import { generatorGroup, type Manifest, type Objects, storeGroup } from './objects.ts';
import { expandDataTo, type PushedEntry, pushedEntries } from './push-entries.ts';
import { KeysFault, UnknownKeys } from './rewrite-keys.ts';
import type { KnownSecret } from './secret-index.ts';
import { isUnmanaged, mayUse } from './stores.ts';
import { templated } from './template-keys.ts';

/**
 * Entries of each store, in the order of their places; or why it fails, in a word. `open` where there may be
 * more, as keys or stores are not known.
 */
export function pushedBy(push: Pusher, objects: Objects, secretOf: (name: string) => KnownSecret): Pushed {
  try {
    return pushes(push, objects, secretOf);
  } catch (error) {
    if (error instanceof KeysFault) return { entries: [], open: false, fails: error.reason };
    if (error instanceof UnknownKeys) return { entries: [], open: true, fails: null };
    throw error;
  }
}

function pushes(push: Pusher, objects: Objects, secretOf: (name: string) => KnownSecret): Pushed {
  const { spec, namespace } = push;
  const references = listAt(spec, 'secretStoreRefs').filter(isObject);
  const dataTo = listAt(spec, 'dataTo').filter(isObject);
  checkListed(dataTo, references);
  const sources = sourcesOf(push, objects, secretOf);
  const found = storesOf(references, namespace, objects);
  const stores = found.stores.filter((store) => !isUnmanaged(store));
  if (stores.length === 0) return { entries: [], open: sources.open || found.open, fails: null };
  checkSelected(dataTo, stores);
  const entries: PushEntry[] = [];
  let open = sources.open || found.open;
  for (const source of sources.list) {
    const template = at(spec, 'template');
    const made = isObject(template)
      ? templated({ ...template, mergePolicy: 'Merge' }, namespace, source.keys, objects)
      : { keys: source.keys, fails: null };
    if (made.fails !== null) throw new KeysFault(made.fails);
    const keys = sortedKeys(made.keys.sure);
    const isOpen = made.keys.open || made.keys.maybe.size > 0;
    for (const store of stores) {
      const verdict = mayUse(store, namespace, objects);
      if (verdict.ok === false) throw new KeysFault('store-denied');
      open ||= verdict.ok === null;
      const own = dataTo.filter((one) => isFor(objectAt(one, 'storeRef'), store));
      open ||= isOpen && own.length > 0;
      const pushed = pushedEntries(
        expandDataTo(own, keys),
        listAt(spec, 'data').filter(isObject),
        keys,
        isOpen,
      );
      entries.push(...pushed.map((entry) => ({ ...entry, store, secret: source.name })));
    }
  }
  const order = (one: PushEntry) =>
    [placeOf(one.store), one.secret, one.remote, one.property ?? ''].join('\0');
  return { entries: entries.sort((a, b) => compareText(order(a), order(b))), open, fails: null };
}

/** validateDataToStoreRefs: a store that is named must be listed by its name. */
function checkListed(dataTo: readonly JsonObject[], references: readonly JsonObject[]): void {
  for (const entry of dataTo) {
    const store = at(entry, 'storeRef');
    const name = textAt(store, 'name') ?? '';
    const isListed = references.some((one) => one.name === name && kindOf(one) === kindOf(store));
    if (name === '' ? !isObject(at(store, 'labelSelector')) : !isListed) throw new KeysFault('data-to-store');
  }
}

/** validateDataToMatchesResolvedStores. */
function checkSelected(dataTo: readonly JsonObject[], stores: readonly Manifest[]): void {
  for (const entry of dataTo) {
    const reference = objectAt(entry, 'storeRef');
    if ((textAt(reference, 'name') ?? '') !== '') continue;
    if (!stores.some((store) => isFor(reference, store))) throw new KeysFault('data-to-store');
  }
}

function isFor(reference: JsonObject, store: Manifest): boolean {
  if (kindOf(reference) !== store.kind) return false;
  const name = textAt(reference, 'name') ?? '';
  if (name !== '') return name === store.name;
  const selector = at(reference, 'labelSelector');
  return isObject(selector) && selectorFits(selector, store.labels) === true;
}

/** By name in the own namespace or the cluster, or by labels; none by labels is no fault. */
function storesOf(
  references: readonly JsonObject[],
  namespace: string | null,
  objects: Objects,
): { stores: Manifest[]; open: boolean } {
  const stores = new Set<Manifest>();
  let open = false;
  for (const reference of references) {
    const kind = kindOf(reference);
    const home = kind === 'ClusterSecretStore' ? null : namespace;
    const selector = at(reference, 'labelSelector');
    if (isObject(selector)) {
      open ||= !objects.closed;
      for (const store of objects.ofKind(storeGroup, kind))
        if (store.namespace === home && selectorFits(selector, store.labels) === true) stores.add(store);
      continue;
    }
    const store = objects.find(storeGroup, kind, home, textAt(reference, 'name') ?? '');
    if (store !== undefined) stores.add(store);
    else if (objects.closed) throw new KeysFault('store-missing');
    else open = true;
  }
  return { stores: [...stores], open };
}

/** The Secrets that are pushed: one by name, those with labels, or what a generator makes. */
function sourcesOf(
  { spec, namespace }: Pusher,
  objects: Objects,
  secretOf: (name: string) => KnownSecret,
): { list: Source[]; open: boolean } {
  const name = textAt(spec, 'selector', 'secret', 'name') ?? '';
  if (name !== '') {
    const { made, keys } = secretOf(name);
    if (made === false) throw new KeysFault('no-secret');
    return { list: [{ name, keys }], open: made === null };
  }
  const generator = at(spec, 'selector', 'generatorRef');
  if (isObject(generator)) {
    const kind = textAt(generator, 'kind') ?? '';
    const home = kind === 'ClusterGenerator' ? null : namespace;
    const found = objects.find(generatorGroup, kind, home, textAt(generator, 'name') ?? '');
    if (found === undefined && objects.closed) throw new KeysFault('generator-missing');
    return { list: [{ name: generated, keys: keysOfGenerator(kind, found ?? null) }], open: false };
  }
  const selector = at(spec, 'selector', 'secret', 'selector');
  const list = isObject(selector)
    ? objects
        .ofKind('', 'Secret')
        .filter((secret) => secret.namespace === namespace && selectorFits(selector, secret.labels) === true)
        .map((secret) => ({ name: secret.name, keys: secretOf(secret.name).keys }))
    : [];
  return { list, open: !objects.closed };
}

const kindOf = (reference: JsonValue | undefined): string => textAt(reference, 'kind') || 'SecretStore';
/** `Kind/namespace/name`. */
const placeOf = ({ kind, namespace, name }: Manifest): string =>
  [kind, namespace, name].filter((part) => part !== null).join('/');

/** The name that the controller gives to what a generator makes. */
const generated = '___generated-secret';

interface Source {
  name: string;
  keys: KeySet;
}

/** A PushSecret, or what a ClusterPushSecret makes of itself in a namespace. */
interface Pusher {
  spec: JsonObject;
  namespace: string | null;
}

interface PushEntry extends PushedEntry {
  store: Manifest;
  secret: string;
}

interface Pushed {
  entries: PushEntry[];
  open: boolean;
  fails: string | null;
}
