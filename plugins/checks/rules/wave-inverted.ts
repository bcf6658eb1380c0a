import type { Rule } from '../types.ts';

export const waveInverted = {
  name: 'wave-inverted',
  about: 'manifests',
  severity: 'error',
  title: 'a resource comes before what it needs',
  explain: `Within one application a resource must not come in an earlier wave than what it cannot do without: its Namespace, the store that an ExternalSecret reads, the ServiceAccount, ConfigMap or Secret of a workload. Argo CD waits for each wave to be healthy, so the sync fails or waits for ever.`,
  failing: `==> IT/project.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: web
  namespace: argocd
spec:
  sourceRepos: ["*"]
  destinations:
    - {server: "https://kubernetes.default.svc", namespace: web}
  clusterResourceWhitelist:
    - {group: "", kind: Namespace}
==> IT/application.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
  namespace: argocd
spec:
  project: web
  source:
    repoURL: https://git.example.com/shop.git
    path: K8s/web
    targetRevision: main
  destination: {server: "https://kubernetes.default.svc", namespace: web}
==> K8s/web/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: web
  annotations:
    argocd.argoproj.io/sync-wave: "3"
==> K8s/web/service.yaml <==
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: web
`,
  mended: `==> IT/project.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: web
  namespace: argocd
spec:
  sourceRepos: ["*"]
  destinations:
    - {server: "https://kubernetes.default.svc", namespace: web}
  clusterResourceWhitelist:
    - {group: "", kind: Namespace}
==> IT/application.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
  namespace: argocd
spec:
  project: web
  source:
    repoURL: https://git.example.com/shop.git
    path: K8s/web
    targetRevision: main
  destination: {server: "https://kubernetes.default.svc", namespace: web}
==> K8s/web/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: web
  annotations:
    argocd.argoproj.io/sync-wave: "-3"
==> K8s/web/service.yaml <==
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: web
`,
} as const satisfies Rule;
