/**
 * The Secrets that a store needs for itself. Source: `runtime/esutils/utils.go` Validate*Selector,
 * FetchCACertFromSource, `resolvers/secret_ref.go`.
 */
import {
  compareText,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '../../base/index.ts';
import type { Manifest } from './objects.ts';

/**
 * @param namespace of the ExternalSecret that uses it: a ClusterSecretStore that names none reads there,
 *   unless its provider insists on one.
 */
export function storeAuth(store: Manifest, namespace: string | null): StoreAuth {
  const reads: AuthRead[] = [];
  const isCluster = store.kind === 'ClusterSecretStore';
  const [provider] = Object.entries(objectAt(store.rendered, 'spec', 'provider'));
  const insists = insisting.has((provider?.[0] ?? '').toLowerCase());
  let refused: StoreAuth['refused'] = null;

  function add(reference: JsonObject, path: JsonPath, needsNamespace: boolean, isSecret = true): void {
    const own = textAt(reference, 'namespace');
    if (!isCluster && own !== undefined && own !== store.namespace) refused ??= 'namespace-not-allowed';
    else if (isCluster && own === undefined && needsNamespace) refused ??= 'namespace-required';
    else if (isSecret)
      reads.push({
        namespace: isCluster ? (own ?? namespace) : store.namespace,
        name: textAt(reference, 'name') ?? '',
        key: textAt(reference, 'key') ?? '',
        path,
      });
  }

  function walk(value: JsonValue, path: JsonPath): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, [...path, index]);
      return;
    }
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      const here = [...path, key];
      if (key === 'caProvider' && isObject(inner) && textAt(inner, 'type') !== undefined)
        add(inner, here, true, textAt(inner, 'type') === 'Secret');
      else if (isObject(inner) && isSelector(key, inner)) add(inner, here, insists);
      else walk(inner, here);
    }
  }

  if (provider !== undefined && provider[0] !== 'fake') walk(provider[1], ['spec', 'provider', provider[0]]);
  const order = (one: AuthRead) => `${one.namespace ?? ''}/${one.name} ${one.key}`;
  return { refused, reads: refused === null ? reads.sort((a, b) => compareText(order(a), order(b))) : [] };
}

/** A name with a key, or one that is called a reference to a Secret. */
function isSelector(key: string, value: JsonObject): boolean {
  if (typeof value.name !== 'string' || listAt(value, 'audiences').length > 0) return false;
  return typeof value.key === 'string' || /secretref$/i.test(key);
}

const insisting = new Set(
  `akeyless barbican beyondtrustworkloadcredentials chef doppler dvls gitlab ibm keepersecurity onboardbase onepassword
  onepasswordsdk oracle`.split(/\s+/),
);

interface AuthRead {
  namespace: string | null;
  name: string;
  key: string;
  path: JsonPath;
}

interface StoreAuth {
  refused: 'namespace-not-allowed' | 'namespace-required' | null;
  reads: AuthRead[];
}
