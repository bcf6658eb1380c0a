/**
 * Which store or generator each entry of an ExternalSecret uses, and whether it may. Source:
 * `pkg/controllers/secretstore/client_manager.go`, `externalsecret_controller.go` shouldSkipUnmanagedStore.
 */
import {
  at,
  compileRe2,
  isObject,
  type JsonObject,
  type JsonPath,
  listAt,
  objectAt,
  PatternError,
  takeSteps,
  textAt,
  textsAt,
} from '../../base/index.ts';
import { selectorFits } from '../label-selector.ts';
import { generatorGroup, type Manifest, type Objects, storeGroup } from './objects.ts';
import { labelsOfNamespace } from './spread.ts';
import type { Writer } from './writers.ts';

/** In the order of the entries: `data`, then `dataFrom`. */
export function storeRefsOf({ spec, namespace }: Writer, objects: Objects): StoreRef[] {
  return (['data', 'dataFrom'] as const).flatMap((field) =>
    listAt(spec, field).map((entry, index) => {
      const place = { field, index };
      const generator = at(entry, 'sourceRef', 'generatorRef');
      if (
        field === 'dataFrom' &&
        isObject(generator) &&
        !('find' in objectOf(entry)) &&
        !('extract' in objectOf(entry))
      )
        return {
          ...place,
          ...generatorRef(generator, namespace, objects),
          path: [field, index, 'sourceRef', 'generatorRef'],
        };
      const own = at(entry, 'sourceRef', 'storeRef');
      const path: JsonPath = isObject(own) ? [field, index, 'sourceRef', 'storeRef'] : ['secretStoreRef'];
      return {
        ...place,
        ...storeRef(isObject(own) ? own : objectAt(spec, 'secretStoreRef'), namespace, objects),
        path,
      };
    }),
  );
}

/**
 * A store by its reference, and whether it lets the namespace in; without a kind it is a SecretStore of that
 * namespace, never a ClusterSecretStore. Of several, of as many clusters, one that lets it in is enough.
 */
export function storeRef(reference: JsonObject, namespace: string | null, objects: Objects): StoreVerdict {
  const kind = textAt(reference, 'kind') || 'SecretStore';
  const name = textAt(reference, 'name') ?? '';
  const home = kind === 'ClusterSecretStore' ? null : namespace;
  const isStore = kind === 'ClusterSecretStore' || kind === 'SecretStore';
  const stores = isStore ? objects.all(storeGroup, kind, home, name) : [];
  const [first] = stores;
  if (first === undefined) return { kind, name, namespace: home, store: null, ...missing(objects) };
  const verdicts = stores.map((store) => ({ store, ...mayUse(store, namespace, objects) }));
  const best = verdicts.find(({ ok }) => ok) ?? verdicts.find(({ ok }) => ok === null) ?? verdicts[0];
  return { kind, name, namespace: home, store: first, ok: null, ...best };
}

/** Whether the default controller serves the store, and the store the namespace. */
export function mayUse(store: Manifest, namespace: string | null, objects: Objects): Verdict {
  if (isUnmanaged(store)) return { ok: false, reason: 'other-controller' };
  const admits = admitsNamespace(store, namespace, objects);
  if (admits === false) return { ok: false, reason: 'denied' };
  return admits ? { ok: true } : { ok: null, reason: 'namespace-labels' };
}

/** Left alone by the default controller: `spec.controller` names another. */
export function isUnmanaged({ rendered }: Manifest): boolean {
  return !['', 'default'].includes(textAt(rendered, 'spec', 'controller') ?? '');
}

/** A generator lies in the namespace, or is a ClusterGenerator. */
function generatorRef(reference: JsonObject, namespace: string | null, objects: Objects): StoreVerdict {
  const kind = textAt(reference, 'kind') ?? '';
  const name = textAt(reference, 'name') ?? '';
  const home = kind === 'ClusterGenerator' ? null : namespace;
  const generator = objects.find(generatorGroup, kind, home, name);
  const target = { kind, name, namespace: home, store: generator ?? null };
  if (generator === undefined) return { ...target, ...missing(objects) };
  if (isUnmanaged(generator)) return { ...target, ok: false, reason: 'other-controller' };
  return { ...target, ok: true };
}

function missing({ closed }: Objects): Verdict {
  return { ok: closed ? false : null, reason: 'missing' };
}

/**
 * Any condition, and in it any field, lets a namespace in; none written lets everybody. Regular expressions
 * are not anchored. Null where that hangs on labels of a Namespace that no manifest declares.
 */
function admitsNamespace(store: Manifest, namespace: string | null, objects: Objects): boolean | null {
  const conditions = listAt(store.rendered, 'spec', 'conditions');
  if (store.kind !== 'ClusterSecretStore' || conditions.length === 0) return true;
  if (namespace === null) return null;
  const declared = objects.all('', 'Namespace', null, namespace);
  const isLabelled = objects.labelled(namespace);
  const labelled =
    declared.length > 0
      ? declared.map((one) => labelsOfNamespace(one, objects))
      : [labelsOfNamespace({ name: namespace }, objects)];
  let isUnknown = false;
  for (const condition of conditions) {
    if (!takeSteps(1)) return null;
    if (textsAt(condition, 'namespaces').includes(namespace)) return true;
    const selector = at(condition, 'namespaceSelector');
    for (const { labels, isWhole } of labelled) {
      const fits = isObject(selector) ? selectorFits(selector, labels, isWhole && !isLabelled) : false;
      if (fits === true) return true;
      isUnknown ||= fits === null;
    }
    for (const pattern of textsAt(condition, 'namespaceRegexes')) {
      const found = isFound(pattern, namespace);
      if (found === true) return true;
      isUnknown ||= found === null;
    }
  }
  return isUnknown ? null : false;
}

/** Null where the pattern is larger than what is tried here; a wrong one lets nobody in. */
function isFound(pattern: string, text: string): boolean | null {
  try {
    const regex = compileRe2(pattern);
    if (!takeSteps((regex.size * text.length) / 16)) return null;
    return regex.finds(text);
  } catch (error) {
    if (error instanceof PatternError) return error.isUnsupported ? null : false;
    throw error;
  }
}

const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

interface Verdict {
  /** Null where the manifests do not say. */
  ok: boolean | null;
  reason?: StoreRefusal;
}
type StoreRefusal = 'missing' | 'denied' | 'other-controller' | 'namespace-labels';

export interface StoreVerdict extends Verdict {
  kind: string;
  name: string;
  /** Where it is looked for; null for what is of the whole cluster. */
  namespace: string | null;
  /** The store or the generator, where it is found. */
  store: Manifest | null;
}

export interface StoreRef extends StoreVerdict {
  field: 'data' | 'dataFrom';
  index: number;
  /** Where the reference stands, in the spec. */
  path: JsonPath;
}
