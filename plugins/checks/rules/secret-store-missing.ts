import type { Rule } from '../types.ts';

export const secretStoreMissing = {
  name: 'secret-store-missing',
  about: 'manifests',
  severity: 'warning',
  title: 'an external secret reads a store that is not here',
  explain: `An ExternalSecret names a SecretStore in its namespace, or a ClusterSecretStore. One that no manifest declares leaves the secret unwritten. A warning by default: a cluster-wide store may be declared elsewhere.`,
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
} as const satisfies Rule;
