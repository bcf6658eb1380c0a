/**
 * Objects besides ExternalSecrets whose controllers make Secrets, with the keys of these: SealedSecrets,
 * certificates and what cert-manager makes of Ingresses and Gateways, issuers, the Secrets Store CSI driver.
 * Source: bitnami-labs/sealed-secrets `pkg/apis`, cert-manager `pkg/controller/certificates`, `-shim`,
 * `pkg/controller/acme`, secrets-store-csi-driver `pkg/util/secretutil`.
 */
import { at, isObject, type JsonValue, listAt, objectAt, textAt } from '../../base/index.ts';
import { type KeySet, keySet } from './key-set.ts';
import type { Manifest, Objects, SecretName } from './objects.ts';
import { podSpecOf } from './pod-spec.ts';

export function otherMakers(objects: Objects): OtherMaker[] {
  return [
    ...objects.ofKind('bitnami.com', 'SealedSecret').map(sealed),
    ...objects.ofKind('cert-manager.io', 'Certificate').flatMap(certified),
    ...objects.ofKind('networking.k8s.io', 'Ingress').flatMap(shimOfIngress),
    ...objects.ofKind('gateway.networking.k8s.io', 'Gateway').flatMap(shimOfGateway),
    ...['Issuer', 'ClusterIssuer'].flatMap((kind) =>
      objects.ofKind('cert-manager.io', kind).flatMap(accountOfIssuer),
    ),
    ...mountedClasses(objects),
  ];
}

/** It has its own name and namespace, whatever its template says. A null in the template removes a key. */
function sealed(maker: Manifest): OtherMaker {
  const { namespace, name, rendered } = maker;
  const keys = new Set(Object.keys(objectAt(rendered, 'spec', 'encryptedData')));
  for (const [key, value] of Object.entries(objectAt(rendered, 'spec', 'template', 'data'))) {
    if (value === null) keys.delete(key);
    else keys.add(key);
  }
  return { maker, namespace, name, keys: keySet(keys), owns: true };
}

function certified(maker: Manifest): OtherMaker[] {
  const spec = objectAt(maker.rendered, 'spec');
  const name = textAt(spec, 'secretName');
  if (name === undefined) return [];
  const stores = (['jks', 'pkcs12'] as const).filter((one) => at(spec, 'keystores', one, 'create') === true);
  const formats = listAt(spec, 'additionalOutputFormats').map((one) => textAt(one, 'type'));
  const extensions = stores.map((one) => (one === 'jks' ? 'jks' : 'p12'));
  return [
    {
      maker,
      namespace: maker.namespace,
      name,
      keys: keySet(
        [
          ...pair,
          ...extensions.map((one) => `keystore.${one}`),
          ...(formats.includes('CombinedPEM') ? ['tls-combined.pem'] : []),
          ...(formats.includes('DER') ? ['key.der'] : []),
        ],
        ['ca.crt', ...extensions.map((one) => `truststore.${one}`)],
      ),
      owns: false,
    },
  ];
}

function isAnnotated({ annotations }: Manifest): boolean {
  return ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer'].some(
    (key) => (annotations[key] ?? '') !== '',
  );
}

/** Each block with hosts and a Secret; one that two blocks name is made for none. */
function shimOfIngress(maker: Manifest): OtherMaker[] {
  if (!isAnnotated(maker)) return [];
  const blocks = listAt(maker.rendered, 'spec', 'tls');
  const names = blocks.flatMap((block) => textAt(block, 'secretName') || []);
  return blocks.flatMap((block) => {
    const name = textAt(block, 'secretName') ?? '';
    const isOnce = names.filter((one) => one === name).length === 1;
    return isOnce && listAt(block, 'hosts').length > 0 ? [shimmed(maker, name)] : [];
  });
}

function shimOfGateway(maker: Manifest): OtherMaker[] {
  if (!isAnnotated(maker)) return [];
  const ignored = (maker.annotations['cert-manager.io/ignore-tls-listeners'] ?? '')
    .split(',')
    .map((one) => one.trim());
  const names = listAt(maker.rendered, 'spec', 'listeners')
    .filter((listener) => isTerminated(listener) && !ignored.includes(textAt(listener, 'name') ?? ''))
    .flatMap((listener) => listAt(listener, 'tls', 'certificateRefs'))
    .filter((reference) => isOwnSecret(reference, maker.namespace))
    .flatMap((reference) => textAt(reference, 'name') || []);
  return [...new Set(names)].map((name) => shimmed(maker, name));
}

function isTerminated(listener: JsonValue): boolean {
  const protocol = textAt(listener, 'protocol');
  const isTls = protocol === 'HTTPS' || protocol === 'TLS';
  return (
    isTls &&
    (textAt(listener, 'tls', 'mode') || 'Terminate') === 'Terminate' &&
    (textAt(listener, 'hostname') ?? '') !== ''
  );
}

function isOwnSecret(reference: JsonValue, namespace: string | null): boolean {
  if (!isObject(reference)) return false;
  const { group = '', kind = 'Secret', namespace: other } = reference;
  return (
    (group === '' || group === 'core') && kind === 'Secret' && (other === undefined || other === namespace)
  );
}

function shimmed(maker: Manifest, name: string): OtherMaker {
  return { maker, namespace: maker.namespace, name, keys: keySet(pair, ['ca.crt']), owns: false };
}

/** An ACME issuer makes the key of its account; of a ClusterIssuer where the controller runs. */
function accountOfIssuer(maker: Manifest): OtherMaker[] {
  const reference = at(maker.rendered, 'spec', 'acme', 'privateKeySecretRef');
  const name = textAt(reference, 'name');
  if (name === undefined) return [];
  const key = textAt(reference, 'key') || 'tls.key';
  const namespace = maker.kind === 'ClusterIssuer' ? undefined : maker.namespace;
  return namespace === undefined ? [] : [{ maker, namespace, name, keys: keySet([key]), owns: false }];
}

/** The CSI driver makes `secretObjects` as long as a Pod has the class mounted. */
function mountedClasses(objects: Objects): OtherMaker[] {
  const classes = objects.ofKind('secrets-store.csi.x-k8s.io', 'SecretProviderClass');
  if (classes.length === 0) return [];
  const mounted = new Set<string>();
  for (const [group, kind] of workloadKinds)
    for (const workload of objects.ofKind(group, kind))
      for (const volume of listAt(podSpecOf(workload)?.spec, 'volumes')) {
        const name = textAt(volume, 'csi', 'volumeAttributes', 'secretProviderClass');
        if (name !== undefined) mounted.add(`${workload.namespace ?? ''}/${name}`);
      }
  return classes
    .filter(({ namespace, name }) => mounted.has(`${namespace ?? ''}/${name}`))
    .flatMap((maker) =>
      listAt(maker.rendered, 'spec', 'secretObjects').map((secret) => ({
        maker,
        namespace: maker.namespace,
        name: textAt(secret, 'secretName') ?? '',
        keys: keySet(listAt(secret, 'data').flatMap((one) => textAt(one, 'key') ?? [])),
        owns: false,
      })),
    );
}

const pair = ['tls.crt', 'tls.key'];
const workloadKinds = [
  ['', 'Pod'],
  ['', 'ReplicationController'],
  ['apps', 'Deployment'],
  ['apps', 'StatefulSet'],
  ['apps', 'DaemonSet'],
  ['apps', 'ReplicaSet'],
  ['batch', 'Job'],
  ['batch', 'CronJob'],
  ['argoproj.io', 'Rollout'],
] as const;

export interface OtherMaker extends SecretName {
  maker: Manifest;
  keys: KeySet;
  /** It is the controller of the Secret, which keeps an ExternalSecret from owning it. */
  owns: boolean;
}
