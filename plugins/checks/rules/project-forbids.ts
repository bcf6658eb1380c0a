import type { Rule } from '../types.ts';

export const projectForbids = {
  name: 'project-forbids',
  about: 'manifests',
  severity: 'error',
  title: 'a project forbids an application',
  explain: `An AppProject permits sources, destinations and kinds. An application that its project does not permit is never deployed: Argo CD refuses it.`,
  failing: `==> IT/project.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: web
  namespace: argocd
spec:
  sourceRepos: ["*"]
  destinations:
    - {server: "https://kubernetes.default.svc", namespace: shop}
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
`,
} as const satisfies Rule;
