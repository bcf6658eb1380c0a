/** Who besides Pods reads Secrets, and which keys of them. */
import { at, type JsonPath } from '../../base/index.ts';
import { type NamedReference, namedReferences } from '../relations/object-references.ts';
import type { Resource } from '../types.ts';
import type { SecretName } from './objects.ts';
import { storeAuth } from './store-auth.ts';

/**
 * The references of a manifest besides those of its Pod (below `pod`). What an issuer of ACME names it makes
 * itself, and a store's own are those that its provider takes.
 *
 * @param users namespaces of those that read a ClusterSecretStore which says none itself.
 */
export function otherReads(
  resource: Resource,
  pod: JsonPath | null,
  users: readonly (string | null)[],
): OtherRead[] {
  if (isStore(resource)) return storeReads(resource, users);
  return namedReferences(resource)
    .filter(
      ({ kind, path }) =>
        kind === 'Secret' && !(pod !== null && isBelow(path, pod)) && !isMade(resource, path),
    )
    .map((reference) => readOf(resource, reference));
}

function readOf(resource: Resource, { name, namespace, key, optional, path }: NamedReference): OtherRead {
  const isTls = (resource.kind === 'Ingress' && path.includes('tls')) || path.includes('certificateRefs');
  const isAuthority = resource.group === 'cert-manager.io' && path.includes('ca');
  const pulls = path.includes('imagePullSecrets');
  const keys = isTls || isAuthority ? [...pair] : key === null ? null : [key];
  // Where a ClusterIssuer looks is where its controller runs.
  const home = resource.kind === 'ClusterIssuer' ? 'cert-manager' : namespace;
  return {
    secret: { namespace: home, name },
    way: isTls ? 'tls' : pulls ? 'pull' : 'reference',
    at: path.filter((part) => part !== 'name').join('.'),
    keys,
    optional,
    path,
  };
}

function isMade({ kind }: Resource, path: JsonPath): boolean {
  return (
    (kind === 'Issuer' || kind === 'ClusterIssuer') &&
    path.includes('acme') &&
    path.includes('privateKeySecretRef')
  );
}

function isStore({ group, kind }: Resource): boolean {
  return group === 'external-secrets.io' && (kind === 'SecretStore' || kind === 'ClusterSecretStore');
}

function storeReads(store: Resource, users: readonly (string | null)[]): OtherRead[] {
  const namespaces = store.kind === 'ClusterSecretStore' && users.length > 0 ? users : [store.namespace];
  const found = new Map<string, OtherRead>();
  for (const namespace of namespaces)
    for (const { key, path, ...secret } of storeAuth(store, namespace).reads) {
      const place = `${secret.namespace ?? ''}/${secret.name}/${path.join('.')}`;
      found.set(place, {
        secret: { namespace: secret.namespace, name: secret.name },
        way: 'store',
        at: path.join('.'),
        keys: key === '' ? null : [key],
        optional: false,
        path: at(store.rendered, ...path, 'name') === undefined ? path : [...path, 'name'],
      });
    }
  return [...found.values()];
}

function isBelow(path: JsonPath, above: JsonPath): boolean {
  return above.length <= path.length && above.every((part, index) => part === path[index]);
}

const pair = ['tls.crt', 'tls.key'];

interface OtherRead {
  secret: SecretName;
  way: 'tls' | 'pull' | 'store' | 'reference';
  at: string;
  keys: string[] | null;
  optional: boolean;
  path: JsonPath;
}
