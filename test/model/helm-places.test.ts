import { expect, test } from 'vitest';
import type { JsonPath } from '../../plugins/base/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';

const deployment = `{{- $port := .Values.service.port }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "web.fullname" . }}
  labels:
    {{- include "web.labels" . | nindent 4 }}
    tier: front
  {{- with .Values.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  replicas: {{ .Values.replicas | default 1 }}
  {{- if .Values.paused }}
  paused: true
  {{- else }}
  paused: false
  {{- end }}
  minReadySeconds: {{ .Values.ready }}
  template:
    metadata:
      labels: {app: {{ .Release.Name }}}
    spec:
      {{- if .Values.extra }}
      initContainers:
        - name: {{ .Values.extra }}
          image: busybox
      {{- end }}
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          ports:
            - containerPort: {{ $port }}
          env:
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
            - name: VERSION
              value: {{ .Chart.AppVersion | quote }}
          resources: {{- toYaml .Values.resources | nindent 12 }}
`;
const helpers = `{{- define "web.fullname" -}}
{{- printf "%s-%s" .Release.Name .Values.suffix | trunc 63 }}
{{- end }}
{{ define "web.labels" }}
app: {{ .Values.app }}
version: {{ .Chart.Version | quote }}
{{ end }}
`;
const values = `replicas: 1
suffix: main
app: web
ready: 5
paused: false
annotations: {owner: team-web}
service:
  port: 8080
image:
  repository: registry.example.com/web
  tag: ""
  pullPolicy: Always
env:
  COLOUR: blue
  SHAPE: round
resources:
  limits: {memory: 64Mi}
part:
  size: 3
`;
const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: front}
  source:
    repoURL: https://git.example.com/platform.git
    path: K8s/web
    helm:
      valueFiles: [prod.yaml]
      parameters:
        - {name: app, value: shop}
      values: |
        # What differs here.
        image:
          pullPolicy: Never
`;
const files = {
  'plumbline.yaml': 'repository: {url: https://git.example.com/platform.git}\n',
  'IT/web.yaml': application,
  'K8s/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\nappVersion: "2.5"\n',
  'K8s/web/values.yaml': values,
  'K8s/web/prod.yaml': 'ready: 9\nenv:\n  COLOUR: red\n',
  'K8s/web/templates/_helpers.tpl': helpers,
  'K8s/web/templates/deployment.yaml': deployment,
  'K8s/web/charts/part/Chart.yaml': 'apiVersion: v2\nname: part\nversion: 1.0.0\n',
  'K8s/web/charts/part/values.yaml': 'size: 1\ncolour: green\n',
  'K8s/web/charts/part/templates/map.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: part}\ndata:\n  size: {{ .Values.size | quote }}\n  colour: {{ .Values.colour }}\n',
  'K8s/web/templates/key.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData:\n  app: {{ .Values.app }}\n',
};
/** The text that stands at a path of a rendered object, with the file that it is in. */
const platform = await loadPlatform({ root: tree(files) });

function written(kind: string, path: JsonPath): string {
  const resource = platform.model.resources.find((one) => one.kind === kind);
  if (resource === undefined) throw new Error(`no ${kind}`);
  const { file, line, column, endLine, endColumn } = platform.locate(resource, path);
  const text = files[file as keyof typeof files].split('\n')[line - 1] ?? '';
  return `${file}:${line} ${text.slice(column - 1, endLine === line ? endColumn - 1 : undefined)}`;
}

const spec: JsonPath = ['spec', 'template', 'spec'];
const container: JsonPath = [...spec, 'containers', 0];
test.each<[string, JsonPath, string]>([
  ['a value of the chart, through a default', ['spec', 'replicas'], 'K8s/web/values.yaml:1 1'],
  ['a value file over it', ['spec', 'minReadySeconds'], 'K8s/web/prod.yaml:1 9'],
  ['a parameter over both, through a helper', ['metadata', 'labels', 'app'], 'IT/web.yaml:13 shop'],
  ['values that are a text', [...container, 'imagePullPolicy'], 'IT/web.yaml:17 Never'],
  ['the Chart.yaml', ['metadata', 'labels', 'version'], 'K8s/web/Chart.yaml:3 1.0.0'],
  ['`with` and `toYaml`', ['metadata', 'annotations', 'owner'], 'K8s/web/values.yaml:6 team-web'],
  ['a variable', [...container, 'ports', 0, 'containerPort'], 'K8s/web/values.yaml:8 8080'],
  ['a `range` over a mapping', [...container, 'env', 1, 'value'], 'K8s/web/values.yaml:15 round'],
  ['another of it, in a value file', [...container, 'env', 0, 'value'], 'K8s/web/prod.yaml:3 red'],
  ['what stands beside it', [...container, 'env', 2, 'value'], 'K8s/web/Chart.yaml:4 "2.5"'],
  [
    'a part of what is written whole',
    [...container, 'resources', 'limits', 'memory'],
    'K8s/web/values.yaml:17 64Mi',
  ],
  ['a literal', ['metadata', 'labels', 'tier'], 'K8s/web/templates/deployment.yaml:8 front'],
  ['the branch that was taken', ['spec', 'paused'], 'K8s/web/templates/deployment.yaml:18 false'],
  ['a literal of an item', [...container, 'name'], 'K8s/web/templates/deployment.yaml:31 web'],
  ['the release', [...spec.slice(0, 2), 'metadata', 'labels', 'app'], 'IT/web.yaml:3 web'],
  [
    'the line that includes a helper of several values',
    ['metadata', 'name'],
    'K8s/web/templates/deployment.yaml:5 {{ include "web.fullname" . }}',
  ],
  ['a mapping', ['spec', 'template'], 'K8s/web/templates/deployment.yaml:21 template'],
])('Helm writes %s', (_what, path, place) => {
  expect(written('Deployment', path)).toBe(place);
});

test.each<[string, string, JsonPath, string]>([
  [
    'what is made of several is told at the template',
    'Deployment',
    [...container, 'image'],
    'K8s/web/templates/deployment.yaml:32 "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"',
  ],
  ['a part of a chart is set by the chart', 'ConfigMap', ['data', 'size'], 'K8s/web/values.yaml:19 3'],
  ['or by its own values', 'ConfigMap', ['data', 'colour'], 'K8s/web/charts/part/values.yaml:2 green'],
  [
    'a value of a Secret is told at its template',
    'Secret',
    ['stringData', 'app'],
    'K8s/web/templates/key.yaml:1 a',
  ],
  [
    'what Argo CD adds is told at what it is added to',
    'Deployment',
    ['metadata', 'namespace'],
    'K8s/web/templates/deployment.yaml:4 metadata',
  ],
])('%s', (_what, kind, path, place) => {
  expect(written(kind, path)).toBe(place);
});

test('values of a HelmRelease, and parameters in the template of a set', async () => {
  const chart = (folder: string) => ({
    [`K8s/${folder}/Chart.yaml`]: `apiVersion: v2\nname: ${folder}\nversion: 1.0.0\n`,
    [`K8s/${folder}/values.yaml`]: 'size: 1\n',
    [`K8s/${folder}/templates/map.yaml`]:
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\ndata: {size: "{{ .Values.size }}"}\n',
  });
  const root = tree({
    'plumbline.yaml': 'repository: {url: https://git.example.com/platform.git}\n',
    ...chart('flux'),
    ...chart('argo'),
    'IT/flux.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: platform, namespace: flux-system}\nspec: {url: https://git.example.com/platform.git}\n---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: first, namespace: web}\nspec:\n  chart: {spec: {chart: K8s/flux, sourceRef: {kind: GitRepository, name: platform, namespace: flux-system}}}\n  values:\n    size: 2\n',
    'IT/set.yaml':
      "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all, namespace: argocd}\nspec:\n  goTemplate: true\n  generators: [{list: {elements: [{name: second, size: '3'}]}}]\n  template:\n    metadata: {name: '{{ .name }}'}\n    spec:\n      project: default\n      destination: {server: https://kubernetes.default.svc, namespace: web}\n      source:\n        repoURL: https://git.example.com/platform.git\n        path: K8s/argo\n        helm:\n          parameters:\n            - name: size\n              value: '{{ .size }}'\n",
  });
  const { model, locate } = await loadPlatform({ root });
  const placeOf = (name: string, path: JsonPath) => {
    const resource = model.resources.find((one) => one.kind === 'ConfigMap' && one.name === name);
    const { file, line } = resource ? locate(resource, path) : { file: '', line: 0 };
    return `${file}:${line}`;
  };
  expect(placeOf('first', ['data', 'size'])).toBe('IT/flux.yaml:12');
  expect(placeOf('second', ['data', 'size'])).toBe('IT/set.yaml:18');
  expect(placeOf('second', ['metadata', 'name'])).toBe('IT/set.yaml:8');
});

test('of a chart of kustomize, a value leads to `valuesInline`, to its files, or to the template', async () => {
  const chart = 'web/charts/shop-1.0.0/shop';
  const made: Record<string, string> = {
    'web/kustomization.yaml': `namespace: shop
images: [{name: registry.example.com/shop, newTag: 2.0.0}]
helmCharts:
  - name: shop
    version: 1.0.0
    repo: https://charts.example.com
    releaseName: shop
    valuesFile: prod.yaml
    additionalValuesFiles: [last.yaml]
    valuesInline:
      replicas: 4
      tier: front
`,
    'web/prod.yaml': 'replicas: 3\npause: 7\n',
    'web/last.yaml': 'tier: back\n',
    [`${chart}/Chart.yaml`]: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    [`${chart}/values.yaml`]: 'replicas: 1\npause: 5\ntag: 1.0.0\ncolour: red\n',
    [`${chart}/templates/map.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n',
    [`${chart}/templates/web.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: {tier: {{ .Values.tier }}, colour: {{ .Values.colour }}, fixed: stays}
spec:
  replicas: {{ .Values.replicas }}
  minReadySeconds: {{ .Values.pause }}
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: registry.example.com/shop:{{ .Values.tag }}
`,
  };
  const { model, locate } = await loadPlatform({ root: tree(made) });
  const web = model.resources.find(({ kind }) => kind === 'Deployment');
  if (web === undefined) throw new Error(JSON.stringify(model.unverified));
  const place = (path: JsonPath) => {
    const { file, line } = locate(web, path);
    return `${file}:${line}`;
  };
  expect(
    [
      ['spec', 'replicas'],
      ['spec', 'minReadySeconds'],
      ['metadata', 'labels', 'tier'],
      ['metadata', 'labels', 'colour'],
      ['metadata', 'labels', 'fixed'],
      ['metadata', 'name'],
      // The tag is kustomize's.
      [...container, 'image'],
    ].map(place),
  ).toEqual([
    'web/kustomization.yaml:11',
    'web/prod.yaml:2',
    'web/last.yaml:1',
    `${chart}/values.yaml:4`,
    `${chart}/templates/web.yaml:5`,
    'web/kustomization.yaml:7',
    'web/kustomization.yaml:4',
  ]);
});
