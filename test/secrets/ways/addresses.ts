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
  'patches as texts': {
    'kustomization.yaml': `resources: [a.yaml]\npatches:\n  - patch: |-\n      # Of me: https://joe:N@git.example.com/x.git\n      apiVersion: argoproj.io/v1alpha1\n      kind: Application\n      metadata: {name: NAME, namespace: argocd}\n      spec: {source: {repoURL: "https://joe:N@git.example.com/q.git"}}\n  - target: {kind: Application}\n    patch: '[{"op": "replace", "path": "/spec/source/repoURL", "value": "https://glpat-N@git.example.com/r.git"}]'\n  - path: p.yaml\n    target: {kind: Application}\n`,
    'p.yaml':
      '- op: replace\n  path: /spec/source/repoURL\n  value: https://joe:N@git.example.com/s.git # mine\n',
    'a.yaml': application('source: {repoURL: "https://git.example.com/q.git", path: q}'),
  },
  'values as a text': {
    'a.yaml': application(
      'source:\n    repoURL: https://charts.example.com\n    chart: q\n    targetRevision: 1.0.0\n    helm:\n      values: |\n        git:\n          address: https://joe:N@git.example.com/q.git\n        more: "https://x.example.com/a.yaml?ref=v1&access_token=N"\n',
    ),
    'b.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: NAME, namespace: argocd}\nspec:\n  goTemplate: true\n  generators: [{list: {elements: [{name: NAME}]}}]\n  template:\n    metadata: {name: "set-{{.name}}"}\n    spec: {project: default, destination: {name: in-cluster}, source: {repoURL: https://git.example.com/q.git, path: q}}\n  templatePatch: |\n    spec:\n      source: {repoURL: "https://joe:N@git.example.com/{{.name}}.git"}\n',
  },
  'a configuration as a text, of a chart and of a kustomization': {
    'chart/Chart.yaml': 'apiVersion: v2\nname: q\nversion: 1.0.0\n',
    'chart/values.yaml': 'config: |\n  sources:\n    - address: https://joe:N@git.example.com/q.git\n',
    'chart/templates/a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata:\n  config.yaml: {{ .Values.config | quote }}\n',
    'a.yaml': application('source: {repoURL: "https://git.example.com/platform/idp.git", path: HERE/chart}'),
    'k/kustomization.yaml':
      'configMapGenerator:\n  - name: NAME\n    literals:\n      - "config.yaml=url: https://joe:N@git.example.com/q.git\\n"\n',
  },
  'sources of Flux': {
    'a.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: NAME, namespace: q}\nspec: {interval: 1m, url: "https://joe:N@git.example.com/q.git"}\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: NAME, namespace: q}\nspec: {interval: 1m, url: "https://joe:N@charts.example.com"}\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: NAME, namespace: q}\nspec: {interval: 1m, prune: true, path: ., sourceRef: {kind: GitRepository, name: NAME}}\n---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: NAME, namespace: q}\nspec: {interval: 1m, chart: {spec: {chart: q, version: 1.0.0, sourceRef: {kind: HelmRepository, name: NAME}}}}\n',
  },
};
