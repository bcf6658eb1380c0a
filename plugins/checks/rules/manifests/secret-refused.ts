import type { JsonPath } from '../../../base/index.ts';
import type { Resource, SecretFlow } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import { sourceOf } from '../../subjects.ts';
import type { ManifestRule } from '../rule.ts';

export const secretRefused = {
  name: 'secret-refused',
  about: 'manifests',
  severity: 'error',
  title: 'an external secret is refused',
  explain: `External Secrets writes nothing where a ClusterSecretStore keeps the namespace out by its \`conditions\` (any of them, and in it any field, lets in; regular expressions are not anchored), or where another ExternalSecret owns the Secret: \`creationPolicy: Owner\` refuses everybody else, also \`Merge\`. To share one Secret, make it with \`CreateOrMerge\`. One that is made with \`Orphan\` loses what others merge into it at each refresh.`,
  silent: `Where labels of the Namespace decide, and no manifest declares it, or something besides it labels Namespaces (a policy, \`managedNamespaceMetadata\`). Where several stores of one name are in the repository, as for several clusters, and one lets the namespace in. Where it is not known in which namespace the secret is. Where another controller is to serve the store (\`spec.controller\`).`,
  failing: `==> K8s/web/store.yaml <==
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata:
  name: vault
spec:
  provider:
    vault: {server: "https://vault.example.com", path: web}
  conditions:
    - namespaces: [shop]
==> K8s/web/secret.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
  namespace: web
spec:
  secretStoreRef: {kind: ClusterSecretStore, name: vault}
  data:
    - secretKey: password
      remoteRef: {key: database}
`,
  mended: `==> K8s/web/store.yaml <==
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata:
  name: vault
spec:
  provider:
    vault: {server: "https://vault.example.com", path: web}
  conditions:
    - namespaces: [shop, web]
==> K8s/web/secret.yaml <==
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
  namespace: web
spec:
  secretStoreRef: {kind: ClusterSecretStore, name: vault}
  data:
    - secretKey: password
      remoteRef: {key: database}
`,
  check: refused,
} as const satisfies ManifestRule;

function refused(platform: Platform): DiagnosticOf<'secret-refused'>[] {
  return platform.model.secrets.flatMap((flow): DiagnosticOf<'secret-refused'>[] => {
    const resource = platform.resource(flow.externalSecret);
    if (resource === undefined || flow.target.namespace === null) return [];
    if (flow.store.refusal === 'denied') return [denied(flow, resource, platform)];
    if (flow.effect === 'conflict') return conflicts(flow, resource, platform);
    return [];
  });
}

function denied(
  { store, target }: SecretFlow,
  resource: Resource,
  platform: Platform,
): DiagnosticOf<'secret-refused'> {
  const named = store.id === null ? undefined : platform.resource(store.id);
  return diagnose(secretRefused, {
    about: `${resource.id}|${target.namespace}|${store.name}`,
    message: `\`${platform.referenceOf(resource)}\` reads ${store.kind} \`${store.name}\`, which keeps namespace \`${target.namespace}\` out`,
    sources: [
      sourceOf(platform, resource, 'reads', [...specOf(resource), 'secretStoreRef', 'name']),
      ...(named ? [sourceOf(platform, named, 'refuses', ['spec', 'conditions'])] : []),
    ],
    expected: `a condition of the store that lets ${target.namespace} in`,
    actual: 'none does',
    candidates: [],
    help: 'add the namespace to the conditions of the store, or read another one',
  });
}

/** Told of the one that comes to a Secret that is another's; of two owners of both. */
function conflicts(
  flow: SecretFlow,
  resource: Resource,
  platform: Platform,
): DiagnosticOf<'secret-refused'>[] {
  const { target, reason, creationPolicy } = flow;
  const others = platform.model.secrets.filter(
    (one) =>
      one.target.id === target.id &&
      one.externalSecret !== flow.externalSecret &&
      one.creationPolicy === (reason === 'wiped-by-other' ? 'Orphan' : 'Owner'),
  );
  const [other] = others.flatMap(({ externalSecret }) => platform.resource(externalSecret) ?? []);
  // Another controller's Secret, such as a SealedSecret's.
  const holder =
    other ??
    platform.model.resources.find(
      ({ kind, name, namespace }) =>
        kind === 'SealedSecret' && name === target.name && namespace === target.namespace,
    );
  if (holder === undefined) return [];
  const owns = reason === 'wiped-by-other' ? 'makes anew at each refresh' : 'owns';
  return [
    diagnose(secretRefused, {
      about: `${resource.id}|${target.id}`,
      message: `\`${platform.referenceOf(resource)}\` writes Secret \`${target.name}\` in namespace \`${target.namespace}\`, which \`${platform.referenceOf(holder)}\` ${owns}`,
      sources: [
        sourceOf(platform, resource, 'writes', [...specOf(resource), 'target']),
        sourceOf(
          platform,
          holder,
          'owns',
          holder.kind === 'SealedSecret' ? ['spec'] : [...specOf(holder), 'target'],
        ),
      ],
      expected: 'a Secret that nobody else owns',
      actual: `creationPolicy ${creationPolicy} here, ${reason === 'wiped-by-other' ? 'Orphan' : 'Owner'} there`,
      candidates: [],
      help: 'let the one make the Secret with `creationPolicy: CreateOrMerge`, or write another Secret',
    }),
  ];
}

function specOf({ kind }: Resource): JsonPath {
  return kind === 'ClusterExternalSecret' ? ['spec', 'externalSecretSpec'] : ['spec'];
}
