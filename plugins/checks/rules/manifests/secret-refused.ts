import type { JsonPath } from '../../../base/index.ts';
import { type Resource, refusalsOf, type SecretFlow } from '../../../model/index.ts';
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
  explain: `External Secrets writes nothing where a ClusterSecretStore keeps the namespace out by its \`conditions\` (any of them, and in it any field, lets in; regular expressions are not anchored), or where another ExternalSecret owns the Secret: \`creationPolicy: Owner\` refuses everybody else, also \`Merge\`. To share one Secret, make it with \`CreateOrMerge\`. One that is made with \`Orphan\` loses what others merge into it at each refresh. Its webhook refuses an ExternalSecret without any data, one whose \`deletionPolicy\` does not go with its \`creationPolicy\`, and an entry of \`dataFrom\` that asks for nothing, or for two things.`,
  silent: `Says nothing:

- where labels of a Namespace decide and no manifest declares it, or a policy also labels Namespaces;
- where the repository has several stores of one name, as for several clusters, and one of them admits the namespace;
- where the ExternalSecret's namespace is not known;
- where another controller serves the store (\`spec.controller\`);
- about an API version other than \`v1\`, and about what differs between versions, such as the values that a field may have.`,
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
  return [
    ...platform.model.resources.flatMap((resource) => invalid(resource, platform)),
    ...withheld(platform),
  ];
}

/** What the webhook refuses of each version that serves `v1`: nothing of it comes into the cluster. */
function invalid(resource: Resource, platform: Platform): DiagnosticOf<'secret-refused'>[] {
  const { group, kind, version, id } = resource;
  if (group !== 'external-secrets.io' || kind !== 'ExternalSecret' || version !== 'v1') return [];
  const isPartial = platform.model.unverified.some(
    (one) => one.kind === 'partial' && one.origin?.file === resource.origin.file,
  );
  if (isPartial) return [];
  return refusalsOf(resource).flatMap(({ rule, path }) => {
    const words = invalidities[rule];
    if (words === undefined) return [];
    return [
      diagnose(secretRefused, {
        about: `${id}|${rule}`,
        message: `External Secrets refuses \`${platform.referenceOf(resource)}\`: ${words.actual}`,
        sources: [sourceOf(platform, resource, 'is refused', path)],
        expected: words.expected,
        actual: words.actual,
        candidates: [],
        help: words.help,
      }),
    ];
  });
}

const invalidities: Record<string, { expected: string; actual: string; help: string }> = {
  'no-data': {
    expected: 'an entry of `data` or `dataFrom`',
    actual: 'it asks for no data',
    help: 'add what it is to read, or take the manifest away',
  },
  'delete-without-owner': {
    expected: '`deletionPolicy: Delete` with `creationPolicy` Owner or Orphan',
    actual: 'it would delete a Secret that it does not make by itself',
    help: 'use `deletionPolicy: Retain` or Merge, or `creationPolicy: Owner`',
  },
  'merge-without-secret': {
    expected: '`deletionPolicy: Merge` with a Secret that it writes',
    actual: '`deletionPolicy: Merge` goes with no `creationPolicy: None`',
    help: 'use `deletionPolicy: Retain`, or another `creationPolicy`',
  },
  'one-of-extract-find-generator': {
    expected: 'one of `extract`, `find` and `sourceRef.generatorRef` in each entry of `dataFrom`',
    actual: 'an entry of `dataFrom` has several of `extract`, `find` and `sourceRef.generatorRef`',
    help: 'make an entry of each',
  },
  'empty-data-from': {
    expected: '`extract`, `find` or `sourceRef` in each entry of `dataFrom`',
    actual: 'an entry of `dataFrom` asks for nothing',
    help: 'add what it is to read, or take the entry away',
  },
};

function withheld(platform: Platform): DiagnosticOf<'secret-refused'>[] {
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
