import { at, firstOf, type JsonPath, listAt, nearest } from '../../../base/index.ts';
import type { Resource, SecretFlow } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { unreadIn } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { type NameIndex, nameIndex } from '../../name-index.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';

export const secretStoreMissing = {
  name: 'secret-store-missing',
  about: 'manifests',
  severity: 'warning',
  title: 'an external secret reads a store that is not here',
  explain: `An ExternalSecret names a SecretStore in its namespace, or a ClusterSecretStore. One that no manifest declares leaves the secret unwritten. A warning by default: a cluster-wide store may be declared elsewhere.`,
  silent: `While something that is not read may declare the store or generator: a failed build, an ApplicationSet that is not expanded, the source of an Application, a chart for its namespace whose values speak of it or whose publisher is not well known. Also where a store of that name exists in some namespace and the ExternalSecret's own namespace is not known.`,
  failing: `==> K8s/web/store.yaml <==
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: vault
  namespace: web
spec:
  provider:
    vault: {server: "https://vault.example.com", path: web}
==> K8s/web/secret.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
  namespace: web
spec:
  secretStoreRef: {kind: SecretStore, name: valut}
  target: {name: database}
  data:
    - secretKey: password
      remoteRef: {key: database}
`,
  mended: `==> K8s/web/store.yaml <==
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: vault
  namespace: web
spec:
  provider:
    vault: {server: "https://vault.example.com", path: web}
==> K8s/web/secret.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
  namespace: web
spec:
  secretStoreRef: {kind: SecretStore, name: vault}
  target: {name: database}
  data:
    - secretKey: password
      remoteRef: {key: database}
`,
  check: missingStores,
} as const satisfies ManifestRule;

/**
 * True where something that was not read could declare the store (or the generator): it is told there as not
 * verified.
 */
function mayBeUnread({ externalSecret, store }: SecretFlow, platform: Platform, stores: StoresOf): boolean {
  const namespace = store.kind.startsWith('Cluster')
    ? null
    : (platform.resource(externalSecret)?.namespace ?? null);
  const group = 'external-secrets.io';
  // What says no namespace, and is in no application that is known, may go to any.
  if (namespace === null && stores(store.kind).index.named(store.name).length > 0) return true;
  return unreadIn(platform, [{ group, kind: store.kind }], namespace, store.name) !== null;
}

/** An ExternalSecret whose store no manifest declares. */
function missingStores(platform: Platform): DiagnosticOf<'secret-store-missing'>[] {
  const byKind = Map.groupBy(platform.model.resources, ({ kind }) => kind);
  const known = new Map<string, Stores>();
  const storesOf: StoresOf = (kind) => {
    const all = byKind.get(kind) ?? [];
    const stores = known.get(kind) ?? { count: all.length, index: nameIndex(all) };
    known.set(kind, stores);
    return stores;
  };
  return platform.model.secrets
    .filter((flow) => flow.store.id === null && !mayBeUnread(flow, platform, storesOf))
    .map((flow) => {
      const resource = platform.resource(flow.externalSecret);
      const { count, index } = storesOf(flow.store.kind);
      const sameNamespace = index.within(null, resource?.namespace ?? null);
      const candidates = nearest(flow.store.name, sameNamespace.keys());
      const near = sameNamespace.get(candidates[0] ?? '');
      const elsewhere = index.named(flow.store.name);
      return diagnose(secretStoreMissing, {
        about: flow.externalSecret,
        message: `\`${resource ? platform.referenceOf(resource) : flow.externalSecret}\` ${isStore(flow) ? 'reads' : 'takes values of the generator'} ${flow.store.kind} \`${flow.store.name}\`, which no manifest declares${
          resource?.namespace ? ` in namespace \`${resource.namespace}\`` : ''
        }`,
        sources: [
          ...(resource ? [sourceOf(platform, resource, 'reads', placeOfStore(resource, flow))] : []),
          ...(near ? [sourceOf(platform, near, 'nearest', ['metadata', 'name'])] : []),
        ],
        expected: `${flow.store.kind} ${flow.store.name}`,
        actual:
          elsewhere.length > 0
            ? `there is one in ${firstOf(elsewhere, 10, (one) => String(one.namespace))}`
            : `${count} of kind ${flow.store.kind}`,
        candidates,
        help:
          suggestion(candidates) ??
          `declare the ${isStore(flow) ? 'store' : 'generator'}, or correct the name`,
      });
    });
}

/** What is no store makes values up: a `generatorRef`. */
function isStore({ store }: SecretFlow): boolean {
  return /^(Cluster)?SecretStore$/.test(store.kind);
}

/** Where the resource names the store or the generator. */
function placeOfStore({ rendered }: Resource, { store }: SecretFlow): JsonPath {
  const spec =
    at(rendered, 'spec', 'externalSecretSpec') === undefined ? ['spec'] : ['spec', 'externalSecretSpec'];
  const whole = [...spec, 'secretStoreRef', 'name'];
  const inEntries = ['data', 'dataFrom'].flatMap((field) =>
    listAt(rendered, ...spec, field).flatMap((_, index) =>
      ['storeRef', 'generatorRef'].map((key) => [...spec, field, index, 'sourceRef', key, 'name']),
    ),
  );
  return [whole, ...inEntries].find((path) => at(rendered, ...path) === store.name) ?? whole;
}

interface Stores {
  count: number;
  index: NameIndex<Resource>;
}

/** By their kind. */
type StoresOf = (kind: string) => Stores;
