import type { Rule } from '../types.ts';

export const waveInert = {
  name: 'wave-inert',
  about: 'manifests',
  severity: 'warning',
  title: 'a wave that nothing obeys',
  explain: `Sync waves order what one application deploys. On a resource that no application deploys the annotation means nothing, and a reader who trusts it is misled. Told only where the repository has applications and all of them could be expanded. A warning by default: an application that lives in another repository may deploy the resource.`,
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
==> K8s/web/service.yaml <==
apiVersion: v1
kind: Service
metadata:
  name: web
==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    argocd.argoproj.io/sync-wave: "5"
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
==> K8s/web/service.yaml <==
apiVersion: v1
kind: Service
metadata:
  name: web
==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
`,
} as const satisfies Rule;
