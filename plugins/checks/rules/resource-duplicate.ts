import type { Rule } from '../types.ts';

export const resourceDuplicate = {
  name: 'resource-duplicate',
  about: 'manifests',
  severity: 'warning',
  title: 'one resource is declared twice',
  explain: `Two manifests that are applied to one cluster declare the same resource: the last one to be applied wins, and Argo CD warns of a shared resource.`,
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
==> IT/kustomization.yaml <==
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: web
==> K8s/web/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
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
==> IT/kustomization.yaml <==
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
==> IT/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: web
==> K8s/web/settings.yaml <==
apiVersion: v1
kind: ConfigMap
metadata:
  name: preview
`,
} as const satisfies Rule;
