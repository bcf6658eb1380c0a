import type { Ways } from '../ways.ts';

const application = (source: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: NAME, namespace: argocd}\nspec:\n  project: NAME\n  destination: {server: https://kubernetes.default.svc, namespace: q}\n  ${source}\n`;
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata: {a: b}\n';

/** Addresses of sources that say who asks. */
export const addresses: Ways = {
  'a password for charts of an Application': {
    'a.yaml': application(
      'source: {repoURL: "https://joe:N@charts.example.com/q", chart: q, targetRevision: 1.0.0}',
    ),
  },
  'a token for a repository, and a project that permits it': {
    'a.yaml': `${application('source:\n    repoURL: https://glpat-N@git.example.com/q.git # mine\n    path: q')}---\napiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: NAME, namespace: argocd}\nspec: {sourceRepos: ['!https://glpat-N@git.example.com/r.git', 'https://x-access-token:N@git.example.com/q*']}\n`,
  },
  'a password of SSH for values': {
    'a.yaml': application(
      "sources: [{repoURL: oci://joe:N@r.example.com/q, chart: q, targetRevision: 1.0.0, helm: {valueFiles: [$v/a.yaml, 'https://joe:N@q.example.com/v.yaml']}}, {repoURL: ssh://git:N@git.example.com/v.git, ref: v}]",
    ),
  },
  'a token for what a generator reads': {
    'a.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: NAME, namespace: argocd}\nspec:\n  generators: [{git: {repoURL: https://x-access-token:N@git.example.com/q.git, revision: HEAD, directories: [{path: "*"}]}}]\n  template:\n    metadata: {name: "{{path.basename}}"}\n    spec: {project: default, destination: {name: in-cluster}, source: {repoURL: https://glpat-N@git.example.com/q.git, path: "{{path}}"}}\n',
  },
  'a remote base, a file and a chart of a kustomization': {
    'kustomization.yaml':
      'resources:\n  - https://joe:N@git.example.com/o/q.git//base?ref=v1\n  - https://raw.example.com/o/q/v1/a.yaml?token=N\n  - a.yaml\ncomponents: [git::https://glpat-N@git.example.com/o/q.git//part]\nhelmCharts:\n  - {name: q, repo: https://joe:N@charts.example.com, version: 1.0.0, releaseName: q}\n',
    'a.yaml': map,
  },
  'what a chart depends on': {
    'Chart.yaml':
      'apiVersion: v2\nname: q\nversion: 1.0.0\ndependencies:\n  - {name: r, version: 1.0.0, repository: "https://joe:N@charts.example.com"}\n',
    'templates/a.yaml': map,
  },
  'sources of Flux': {
    'a.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: NAME, namespace: q}\nspec: {interval: 1m, url: "https://joe:N@git.example.com/q.git"}\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: NAME, namespace: q}\nspec: {interval: 1m, url: "https://joe:N@charts.example.com"}\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: NAME, namespace: q}\nspec: {interval: 1m, prune: true, path: ., sourceRef: {kind: GitRepository, name: NAME}}\n---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: NAME, namespace: q}\nspec: {interval: 1m, chart: {spec: {chart: q, version: 1.0.0, sourceRef: {kind: HelmRepository, name: NAME}}}}\n',
  },
};
