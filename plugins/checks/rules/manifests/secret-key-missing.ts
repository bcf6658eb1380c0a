import { nearest } from '../../../base/index.ts';
import type { SecretRead } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import { unreadIn } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose, suggestion } from '../../diagnose.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';

export const secretKeyMissing = {
  name: 'secret-key-missing',
  about: 'manifests',
  severity: 'error',
  title: 'a key of a Secret is read that nothing puts there',
  explain: `A container, a volume or a listener reads a key that the Secret does not have: the Pod does not start. The keys are those of whatever makes the Secret: its manifest, an ExternalSecret with its template, a SealedSecret, a Certificate. A template with \`data\` replaces all keys that are fetched, unless its \`mergePolicy\` is \`Merge\`.`,
  silent: `Says nothing:

- where the Secret may have any key: \`dataFrom\` of a store that is not in the manifests, a generator whose keys depend on its provider, a \`deletionPolicy\` that leaves keys out, a Secret without keys, or one copied from elsewhere;
- where nothing in the repository makes the Secret;
- about an \`optional\` reader, which works without it;
- while a chart that is not rendered or an ApplicationSet that is not expanded may add keys, in its namespace, to a Secret that no controller owns.`,
  failing: `==> K8s/web/secret.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
  namespace: web
spec:
  secretStoreRef: {kind: SecretStore, name: vault}
  data:
    - secretKey: password
      remoteRef: {key: database}
==> K8s/web/store.yaml <==
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: vault
  namespace: web
spec:
  provider:
    vault: {server: "https://vault.example.com", path: web}
==> K8s/web/pod.yaml <==
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: web
spec:
  containers:
    - name: web
      image: web:1
      env:
        - name: PASSWORD
          valueFrom:
            secretKeyRef: {name: database, key: pasword}
`,
  mended: `==> K8s/web/secret.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
  namespace: web
spec:
  secretStoreRef: {kind: SecretStore, name: vault}
  data:
    - secretKey: password
      remoteRef: {key: database}
==> K8s/web/store.yaml <==
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: vault
  namespace: web
spec:
  provider:
    vault: {server: "https://vault.example.com", path: web}
==> K8s/web/pod.yaml <==
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: web
spec:
  containers:
    - name: web
      image: web:1
      env:
        - name: PASSWORD
          valueFrom:
            secretKeyRef: {name: database, key: password}
`,
  check: missingKeys,
} as const satisfies ManifestRule;

function missingKeys(platform: Platform): DiagnosticOf<'secret-key-missing'>[] {
  return platform.model.secretReads
    .filter((read) => read.verdict === 'missing-key' && isCertain(read) && !mayBeAdded(read, platform))
    .flatMap((read) => read.lacks.map((key) => tell(read, key, platform)));
}

/** Where the namespace is not known there may be another of the name; other kinds may make the key. */
function isCertain({ secret, way, at }: SecretRead): boolean {
  return secret.namespace !== null && (way !== 'reference' || /secretKeyRef$/.test(at));
}

/** An owner takes away what others put there. */
function mayBeAdded({ owned, secret }: SecretRead, platform: Platform): boolean {
  if (owned) return false;
  const kinds = [
    { group: '', kind: 'Secret' },
    { group: 'external-secrets.io', kind: 'ExternalSecret' },
  ];
  return unreadIn(platform, kinds, secret.namespace, secret.name) !== null;
}

function tell(read: SecretRead, key: string, platform: Platform): DiagnosticOf<'secret-key-missing'> {
  const { secret, secretKeys, makers, reader } = read;
  const resource = platform.resource(reader);
  const [maker] = makers.flatMap((id) => platform.resource(id) ?? []);
  const known = [...(secretKeys?.sure ?? []), ...(secretKeys?.maybe ?? [])];
  const candidates = nearest(key, known);
  return diagnose(secretKeyMissing, {
    about: `${reader}|${read.at}|${key}`,
    message: `\`${resource ? platform.referenceOf(resource) : reader}\` reads key \`${key}\` of Secret \`${secret.name}\` in namespace \`${secret.namespace}\`, which has no such key`,
    sources: [
      {
        ...read.origin,
        resource: resource ? platform.referenceOf(resource) : null,
        path: read.at,
        role: 'reads',
        via: [],
      },
      ...(maker ? [sourceOf(platform, maker, 'makes', maker.kind === 'Secret' ? ['data'] : ['spec'])] : []),
    ],
    expected: `key ${key}`,
    actual:
      known.length > 0 ? `keys ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}` : 'no keys',
    candidates,
    help: suggestion(candidates) ?? 'give the Secret that key, or read one that it has',
  });
}
