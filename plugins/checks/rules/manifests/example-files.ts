/**
 * Files that the examples of several rules begin with: a project, an application in it, and what that
 * deploys.
 */
export const webApplication = `==> IT/application.yaml <==
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
`;

export const webProject = `==> IT/project.yaml <==
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
`;

export const webService = `==> K8s/web/service.yaml <==
apiVersion: v1
kind: Service
metadata:
  name: web
`;

/** A repository that Flux is pointed at, and the root of what it deploys. */
export const fluxSource = `==> K8s/clusters/gotk-sync.yaml <==
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m
  url: https://git.example.com/shop.git
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m
  path: ./K8s/clusters
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
`;

/** A database, and a web application that is applied after something. */
export function fluxWeb(dependency: string): string {
  return `==> K8s/clusters/apps.yaml <==
${kustomization('database', [])}---
${kustomization('web', [dependency])}==> K8s/database/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: database
==> K8s/web/namespace.yaml <==
apiVersion: v1
kind: Namespace
metadata:
  name: web
`;
}

/** A release of a chart that comes from a repository of that name. */
export function fluxRelease(repository: string): string {
  return `==> K8s/clusters/podinfo.yaml <==
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: podinfo
  namespace: web
spec:
  interval: 1h
  url: https://stefanprodan.github.io/podinfo
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: web
spec:
  interval: 1h
  chart:
    spec:
      chart: podinfo
      sourceRef: {kind: HelmRepository, name: ${repository}}
`;
}

function kustomization(name: string, dependencies: string[]): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1h
  path: ./K8s/${name}
  prune: true
  dependsOn: [${dependencies.map((one) => `{name: ${one}}`).join(', ')}]
  sourceRef: {kind: GitRepository, name: flux-system}
`;
}
