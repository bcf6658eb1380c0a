/**
 * What real repositories leave to Helm, kustomize and the templates of sets, one row each, made by hand, with
 * the real engines.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type PrintedModel as Model, printedModel } from '../../plugins/checks/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';
import { rowsInTurns } from '../turns.ts';

const server = 'https://kubernetes.default.svc';
const url = 'https://git.example.com/a.git';
const config = `layers: { gitops: [apps] }\nrepository: { url: ${url} }\n`;
const map = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${more}}\n`;
const chart = (name: string): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;
const destination = `  destination: {server: "${server}", namespace: web}\n`;
const application = (name: string, path: string, more = ''): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  source: {repoURL: ${url}, path: ${path}${more}}\n${destination}`;
const set = (name: string, spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n${spec}`;
const template = (name: string, path: string, labels = ''): string =>
  `  template:\n    metadata: {name: "${name}"${labels}}\n    spec:\n      source: {repoURL: ${url}, path: "${path}"}\n    ${destination}`;

const names = (model: Model): string[] => model.applications.map(({ name }) => name).sort();
const deployed = (model: Model): string[] =>
  model.resources
    .filter(({ application: by }) => by !== null)
    .map(({ id, application: by }) => `${by}: ${id}`)
    .sort();
const failures = (model: Model): string[] =>
  model.diagnostics.filter(({ rule }) => rule === 'render-failed').map(({ actual }) => `${actual}`);
const rows: Row[] = [
  {
    says: 'outside of the namespace of its project, an application is `namespace_name` to builds and overrides',
    files: {
      'apps/project.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: default, namespace: argocd}\nspec: {sourceNamespaces: [team-a]}\n',
      'apps/web/Chart.yaml': chart('web'),
      'apps/web/templates/cm.yaml': `${map('{{ .Release.Name }}')}data: {{ .Values | toJson }}\n`,
      'apps/web/.argocd-source-web.yaml': 'helm: {parameters: [{name: by, value: "web"}]}\n',
      'apps/web/.argocd-source-team-a_web.yaml':
        'helm: {parameters: [{name: by, value: "$ARGOCD_APP_NAME"}]}\n',
      'apps/app.yaml': application('web', 'apps/web').replace('namespace: argocd', 'namespace: team-a'),
    },
    shows: (model) =>
      model.resources
        .filter(({ kind }) => kind === 'ConfigMap')
        .map(({ name, rendered }) => [name, rendered.data]),
    expected: [['web', { by: 'team-a_web' }]],
  },
  {
    says: 'the build environment is what Go makes of it: a name that is not set is empty, `$$` is a dollar, the commit is not known',
    files: {
      'apps/web/Chart.yaml': chart('web'),
      'apps/web/templates/cm.yaml': `${map('web')}data: {{ .Values | toJson }}\n`,
      'apps/app.yaml': application(
        'web',
        'apps/web',
        `, helm: {parameters: [${Object.entries({
          name: 'x-${ARGOCD_APP_NAME}',
          gone: 'x-$NOBODY-y',
          dollar: 'a$$b',
          lone: 'a$ b',
          commit: '$ARGOCD_APP_REVISION',
        })
          .map(([name, value]) => `{name: ${name}, value: "${value}"}`)
          .join(', ')}]}`,
      ),
    },
    shows: (model) => [
      model.resources.find(({ kind }) => kind === 'ConfigMap')?.rendered.data,
      model.applications[0]?.unverified.map(({ kind }) => kind),
    ],
    expected: [
      { name: 'x-web', gone: 'x--y', dollar: 'a$b', lone: 'a$ b', commit: '$ARGOCD_APP_REVISION' },
      ['options'],
    ],
  },
  {
    says: 'tests and deletions of Helm, rollbacks and `Skip` are in no phase of a sync, in no step and in no table of waves',
    files: {
      'apps/web/Chart.yaml': chart('web'),
      'apps/web/templates/hooks.yaml': [
        ['test', 'helm.sh/hook: test'],
        ['rollback', 'helm.sh/hook: pre-rollback'],
        ['deletion', 'helm.sh/hook: pre-delete'],
        ['skip', 'argocd.argoproj.io/hook: Skip'],
        ['upgrade', 'helm.sh/hook: pre-upgrade'],
        ['plain', 'example.com/a: b'],
      ]
        .map(([name, hook]) => map(`${name}`, `, annotations: {${hook}, helm.sh/hook-weight: "3"}`))
        .join('---\n'),
      'apps/app.yaml': application('web', 'apps/web'),
    },
    shows: (model) => [
      model.resources
        .filter(({ kind }) => kind === 'ConfigMap')
        .map(({ name, phase }) => [name, phase])
        .sort(),
      model.applications.map(({ order }) => order),
    ],
    expected: [
      [
        ['deletion', null],
        ['plain', 'Sync'],
        ['rollback', null],
        ['skip', null],
        ['test', null],
        ['upgrade', 'PreSync'],
      ],
      [[['ConfigMap/web/upgrade'], ['ConfigMap/web/plain']]],
    ],
  },
  {
    says: 'a number for a wave and `yes` for a label are texts once kustomize has written them, and none from a chart',
    files: {
      'apps/overlay/kustomization.yaml': 'resources: [cm.yaml]\n',
      'apps/overlay/cm.yaml': map(
        'overlay',
        ', annotations: {argocd.argoproj.io/sync-wave: 7}, labels: {canary: yes}',
      ),
      'apps/chart/Chart.yaml': chart('chart'),
      'apps/chart/templates/cm.yaml': map('chart', ', labels: {version: {{ .Values.version }}, canary: yes}'),
      'apps/chart/values.yaml': 'version: 1.10\n',
      'apps/root.yaml': [application('overlay', 'apps/overlay'), application('chart', 'apps/chart')].join(
        '---\n',
      ),
    },
    shows: (model) => [
      model.resources
        .filter(({ kind }) => kind === 'ConfigMap')
        .map(({ name, wave, labels }) => [name, wave, labels.canary ?? null]),
      model.diagnostics.map(({ message }) => message),
    ],
    expected: [
      [
        ['chart', 0, null],
        ['overlay', 7, 'yes'],
      ],
      [
        'the label `version` of `ConfigMap/chart` is not a text but `1.1`: the API server refuses the object',
        'the label `canary` of `ConfigMap/chart` is not a text but `true`: the API server refuses the object',
      ],
    ],
  },
  {
    says: 'Applications that a chart ranges over its values have their names from there',
    files: {
      'apps/all/Chart.yaml': chart('all'),
      'apps/all/values.yaml': 'applications: [{name: red}, {name: blue}]\n',
      'apps/all/templates/applications.yaml': `{{- range .Values.applications }}\n---\n${application('{{ printf "example.%s" .name | quote }}', 'apps/{{ .name }}')}{{- end }}\n`,
      'apps/red/cm.yaml': map('red'),
      'apps/blue/cm.yaml': map('blue'),
      'apps/root.yaml': application('root', 'apps/all'),
    },
    shows: (model) => [names(model), deployed(model).filter((one) => one.includes('ConfigMap'))],
    expected: [
      ['example.blue', 'example.red', 'root'],
      ['example.blue: ConfigMap/web/blue', 'example.red: ConfigMap/web/red'],
    ],
  },
  {
    says: 'sets that a chart ranges over its values are templates a second time',
    files: {
      'apps/sets/Chart.yaml': chart('sets'),
      'apps/sets/values.yaml':
        'one_two: {enabled: true, annotationsAppSet: {wave: "7"}, path: "apps/{{ .dir }}"}\noff: {enabled: false}\ntext: x\n',
      'apps/sets/templates/set.yaml': `{{- range $name, $config := .Values }}\n{{- if and (kindIs "map" $config) (hasKey $config "enabled") }}\n{{- if eq (toString $config.enabled) "true" }}\n---\napiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata:\n  name: {{ $name | replace "_" "-" }}\n  namespace: argocd\n  annotations: {argocd.argoproj.io/sync-wave: {{ $config.annotationsAppSet.wave | quote }}}\nspec:\n  goTemplate: true\n  generators: [{list: {elements: [{dir: web}]}}]\n  template:\n    metadata: {name: "{{ $name | replace "_" "-" }}-{{ "{{ .dir }}" }}"}\n    spec:\n      source: {repoURL: ${url}, path: {{ $config.path | quote }}}\n    ${destination}{{- end }}{{- end }}{{- end }}\n`,
      'apps/web/cm.yaml': map('web'),
      'apps/root.yaml': application('root', 'apps/sets'),
    },
    shows: (model) => [
      model.applicationSets.map(({ name, applications }) => [name, applications]),
      model.resources.filter(({ kind }) => kind === 'ApplicationSet').map(({ wave }) => wave),
      deployed(model).includes('one-two-web: ConfigMap/web/web'),
    ],
    expected: [[['one-two', ['one-two-web']]], [7], true],
  },
  {
    says: 'an inventory that only a remote chart renders is unverified, not empty',
    files: {
      'apps/boot/kustomization.yaml':
        'resources: [cm.yaml]\nhelmCharts:\n  - {name: app-of-apps, version: 0.4.1, repo: "https://charts.example.com", valuesFile: values.yaml}\n',
      'apps/boot/values.yaml': 'applications: {web: {destinations: "- server: x"}}\n',
      'apps/boot/cm.yaml': map('boot'),
      'apps/root.yaml': application('root', 'apps/boot'),
    },
    shows: (model) => [
      names(model),
      deployed(model),
      model.applications[0]?.unverified.map((one) => one.what),
    ],
    expected: [['root'], ['root: ConfigMap/web/boot'], ['helm chart app-of-apps 0.4.1']],
  },
  {
    says: 'a chart whose default values do not render fails in Helm’s words, one that renders nothing does not',
    files: {
      'apps/pvc/Chart.yaml': chart('pvc'),
      'apps/pvc/values.yaml': 'files: {enabled: true}\n',
      'apps/pvc/templates/x.yaml': `{{- if eq .Values.files.enabled "true" }}\n${map('x')}{{- end }}\n`,
      'apps/nothing/Chart.yaml': chart('nothing'),
      'apps/nothing/templates/x.yaml': `{{- if .Values.on }}\n${map('x')}{{- end }}\n`,
      'apps/app.yaml': `${application('pvc', 'apps/pvc')}---\n${application('nothing', 'apps/nothing')}`,
    },
    shows: (model) => [
      failures(model).map((one) => /incompatible types for comparison/.test(one)),
      model.diagnostics.map(({ sources }) => sources[0]?.file),
      model.applications.map(({ name, order, unverified }) => [
        name,
        order,
        unverified.map(({ why }) => why),
      ]),
    ],
    expected: [
      [true],
      ['apps/pvc/templates/x.yaml'],
      [
        ['nothing', [], []],
        ['pvc', [], ['Helm refuses it for `apps/pvc/templates/x.yaml:1`']],
      ],
    ],
  },
  {
    says: 'a patch with conditions writes what its parameters choose',
    files: {
      'apps/set.yaml': set(
        'set',
        `  goTemplate: true\n  generators: [{list: {elements: [{name: secrets}, {name: web}]}}]\n  templatePatch: |\n    spec:\n      ignoreDifferences:\n      {{- if eq .name "secrets" }}\n      - group: apps\n        kind: Deployment\n        jsonPointers: [/spec/replicas]\n      {{- end }}\n${template('{{ .name }}', 'apps/web')}`,
      ),
      'apps/web/cm.yaml': map('web'),
    },
    shows: (model) =>
      model.applications.map(({ name, syncPolicy }) => [
        name,
        syncPolicy.ignoreDifferences.map(({ fields }) => fields),
      ]),
    expected: [
      ['secrets', [['/spec/replicas']]],
      ['web', []],
    ],
  },
  {
    says: 'a git path made of another generator’s parameter; a value file by way of `..`',
    files: {
      'apps/infra/web/envs/local/Chart.yaml': chart('local'),
      'apps/infra/web/envs/local/templates/x.yaml': map('"{{ .Values.name }}"'),
      'apps/infra/web/values.yaml': 'name: above\n',
      'apps/set.yaml': set(
        'set',
        `  goTemplate: true\n  generators:\n    - matrix:\n        generators:\n          - list: {elements: [{appName: web}, {appName: gone}]}\n          - git: {repoURL: ${url}, directories: [{path: "apps/infra/{{ .appName }}/envs/local"}]}\n  template:\n    metadata: {name: "{{ .appName }}"}\n    spec:\n      sources:\n        - {repoURL: ${url}, ref: values}\n        - repoURL: ${url}\n          path: "{{ .path.path }}"\n          helm: {valueFiles: ["$values/{{ .path.path }}/../../values.yaml"]}\n    ${destination}`,
      ),
    },
    shows: (model) => [names(model), deployed(model)],
    expected: [['web'], ['web: ConfigMap/web/above']],
  },
  {
    says: 'a merge that a patch rewrites by the places of its lists: what the overlay says, not the base',
    files: {
      'apps/base/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [set.yaml]\n',
      'apps/base/set.yaml': set(
        'kueue',
        `  generators:\n    - merge:\n        mergeKeys: [name]\n        generators:\n          - list: {elements: [{name: east, values.environment: staging, values.dir: base}]}\n          - list: {elements: [{name: east, values.dir: east-dir}]}\n${template('kueue-{{name}}', 'apps/web', ', labels: {env: "{{values.environment}}", dir: "{{values.dir}}"}')}`,
      ),
      'apps/prod/kustomization.yaml':
        'components: [../base]\npatches:\n  - target: {kind: ApplicationSet}\n    patch: |-\n      - {op: replace, path: /spec/generators/0/merge/generators/0/list/elements/0/values.environment, value: production}\n',
      'apps/web/cm.yaml': map('web'),
      'apps/root.yaml': application('root', 'apps/prod'),
    },
    shows: (model) =>
      model.resources
        .filter(({ name, kind }) => kind === 'Application' && name !== 'root')
        .map(({ name, labels }) => [name, labels.env, labels.dir]),
    expected: [['kueue-east', 'production', 'east-dir']],
  },
  {
    says: 'generators without children are refused or unknown, never empty without a word',
    files: {
      'apps/sets.yaml': ['merge', 'matrix']
        .map((type) => set(type, `  generators: [{${type}: }]\n${template(type, 'apps/web')}`))
        .join('---\n'),
    },
    shows: (model) => [
      names(model),
      model.applicationSets.map(
        ({ name, unverified }) =>
          unverified !== null ||
          model.diagnostics.some(({ message }) => message.includes(`ApplicationSet/${name}`)),
      ),
    ],
    expected: [[], [true, true]],
  },
  {
    says: 'two stars in a path of directories are one segment; old and new templates side by side',
    files: {
      'apps/tenants/a/base/cm.yaml': map('a'),
      'apps/tenants/B_c/base/cm.yaml': map('b'),
      'apps/tenants/deep/er/base/cm.yaml': map('deep'),
      'apps/sets.yaml': [
        set(
          'new',
          `  goTemplate: true\n  generators: [{git: {repoURL: ${url}, directories: [{path: "apps/tenants/**/base"}]}}]\n${template('new-{{ index .path.segments 2 | normalize }}', '{{ .path.path }}')}`,
        ),
        set(
          'old',
          `  generators: [{git: {repoURL: ${url}, directories: [{path: apps/tenants/a/*}]}}]\n${template('old-{{path.basename}}-{{path[2]}}', '{{path}}')}`,
        ),
      ].join('---\n'),
    },
    shows: names,
    expected: ['new-a', 'new-b-c', 'old-base-a'],
  },
  {
    says: 'a set that lists its folders owns those, not their neighbours',
    files: {
      'apps/infra/argocd/cm.yaml': map('argocd'),
      'apps/infra/keda/cm.yaml': map('keda'),
      'apps/infra/orphan/cm.yaml': map('orphan'),
      'apps/set.yaml': set(
        'infra',
        `  # NOTE: keda is NOT listed here.\n  generators: [{git: {repoURL: ${url}, directories: [{path: apps/infra/argocd}]}}]\n${template('{{path.basename}}', '{{path}}')}`,
      ),
      'apps/keda.yaml': application('keda', 'apps/infra/keda'),
    },
    shows: (model) => [
      deployed(model),
      model.resources.filter(({ kind }) => kind === 'ConfigMap').map(({ id, application: by }) => [id, by]),
    ],
    expected: [
      ['argocd: ConfigMap/web/argocd', 'keda: ConfigMap/web/keda'],
      [
        ['ConfigMap/orphan', null],
        ['ConfigMap/web/argocd', 'argocd'],
        ['ConfigMap/web/keda', 'keda'],
      ],
    ],
  },
  {
    says: 'destinations by glob, by server, by name alone, and none at all',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/p.yaml': [
        ['glob', '[{namespace: "we*", server: "*"}]'],
        ['other', '[{namespace: "api-*", server: "*"}]'],
        ['server', `[{namespace: web, server: "${server}"}]`],
        ['name', '[{namespace: "*", name: "in-*"}]'],
        ['none', 'null'],
      ]
        .map(
          ([name, list]) =>
            `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: ${name}, namespace: argocd}\nspec: {sourceRepos: ["*"], destinations: ${list}}\n`,
        )
        .join('---\n'),
      'apps/app.yaml': ['glob', 'other', 'server', 'name', 'none']
        .map((name) => application(name, 'apps/web').replace('spec:\n', `spec:\n  project: ${name}\n`))
        .join('---\n'),
    },
    shows: (model) =>
      Object.fromEntries(model.applications.map(({ name, permitted }) => [name, permitted.ok])),
    expected: { glob: true, name: true, none: false, other: false, server: true },
  },
  {
    says: 'a project that a kustomization lists and nobody wrote is said once; the one beside it is read, and deployed by nobody',
    files: {
      'apps/argocd/kustomization.yaml': 'resources: [appproject-platform.yaml, cm.yaml]\n',
      'apps/argocd/cm.yaml': map('argocd'),
      'apps/argocd/appproject-policies.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: policies, namespace: argocd}\nspec: {sourceRepos: ["*"], destinations: [{server: "*", namespace: "*"}]}\n',
      'apps/web/cm.yaml': map('web'),
      'apps/app.yaml': application('web', 'apps/web').replace('spec:\n', 'spec:\n  project: policies\n'),
    },
    shows: (model) => [
      model.projects.map(({ name }) => name),
      model.applications.map(({ permitted }) => permitted.ok),
      model.resources.find(({ kind }) => kind === 'AppProject')?.application,
      model.diagnostics.map(({ rule, sources }) => `${rule} ${sources[0]?.file}`).sort(),
    ],
    expected: [['policies'], [true], null, ['render-failed apps/argocd/kustomization.yaml']],
  },
  {
    says: 'a condition that is no list of dependencies draws the dependencies that it names; `service` is no event',
    files: {
      'apps/events.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: EventSource\nmetadata: {name: slo, namespace: e}\nspec:\n  service: {ports: [{port: 80}]}\n  template: {serviceAccountName: x}\n  webhook: {alert: {}, other: {}}\n---\napiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: heal, namespace: e}\nspec:\n  dependencies:\n    - {name: slo-alert, eventSourceName: slo, eventName: alert}\n    - {name: slo, eventSourceName: slo, eventName: other}\n  triggers:\n    - template:\n        name: t\n        conditions: "slo-alert && slo-alert.labels.slo == \'argocd-application-health\'"\n        log: {}\n',
    },
    shows: (model) =>
      model.events.map(({ type, event, dependency, trigger }) => [type, event, dependency, trigger?.name]),
    expected: [
      ['webhook', 'alert', 'slo-alert', 't'],
      ['webhook', 'other', 'slo', undefined],
    ],
  },
  {
    says: 'kustomizations of no bytes fail, those with an empty list render nothing; both cost only themselves',
    files: {
      'apps/bytes/kustomization.yaml': '',
      'apps/empty/kustomization.yaml': 'resources: []\n',
      'apps/good.yaml': map('good'),
    },
    shows: (model) => [
      model.diagnostics.map(({ rule, sources }) => `${rule} ${sources[0]?.file}`),
      model.resources.map(({ id }) => id),
    ],
    expected: [['render-failed apps/bytes/kustomization.yaml'], ['ConfigMap/good']],
  },
  {
    says: 'waves by a file of operations, by a label selector, and for what a chart of the same kustomization renders',
    files: {
      'apps/web/kustomization.yaml':
        'resources: [a.yaml, b.yaml]\nhelmCharts: [{name: shop, releaseName: shop}]\npatches:\n  - {path: ops.yaml, target: {kind: ConfigMap, name: a}}\n  - target: {labelSelector: app=b}\n    patch: |-\n      - {op: add, path: /metadata/annotations, value: {argocd.argoproj.io/sync-wave: "2"}}\n  - target: {kind: Service}\n    patch: |-\n      - {op: add, path: /metadata/annotations/argocd.argoproj.io~1sync-wave, value: "5"}\n',
      'apps/web/ops.yaml':
        '- op: replace\n  path: /metadata/annotations/argocd.argoproj.io~1sync-wave\n  value: "-1"\n',
      'apps/web/a.yaml': map('a', ', annotations: {argocd.argoproj.io/sync-wave: "9"}'),
      'apps/web/b.yaml': map('b', ', labels: {app: b}'),
      'apps/web/charts/shop/Chart.yaml': chart('shop'),
      'apps/web/charts/shop/values.yaml': '{}\n',
      'apps/web/charts/shop/templates/s.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: "{{ .Release.Name }}", annotations: {x: y}}\n',
    },
    shows: (model) => model.resources.map(({ name, wave }) => [name, wave]),
    expected: [
      ['a', -1],
      ['b', 2],
      ['shop', 5],
    ],
  },
  {
    says: 'vars and replacements with a delimiter are filled in',
    files: {
      'apps/vars/kustomization.yaml':
        'resources: [cm.yaml, pod.yaml]\nvars:\n  - name: image\n    objref: {kind: ConfigMap, name: settings, apiVersion: v1}\n    fieldref: {fieldpath: data.image}\n',
      'apps/vars/cm.yaml': `${map('settings')}data: {image: "registry.example.com/x:1"}\n`,
      'apps/vars/pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\nspec: {containers: [{name: c, image: c, args: ["$(image)"]}]}\n',
      'apps/replace/kustomization.yaml':
        'resources: [cm.yaml, target.yaml]\nreplacements:\n  - source: {kind: ConfigMap, name: source, fieldPath: data.tag}\n    targets:\n      - select: {kind: ConfigMap, name: target}\n        fieldPaths: [data.image]\n        options: {delimiter: ":", index: 1}\n',
      'apps/replace/cm.yaml': `${map('source')}data: {tag: v2}\n`,
      'apps/replace/target.yaml': `${map('target')}data: {image: "x:v1"}\n`,
    },
    shows: (model) => {
      const found = (name: string) => model.resources.find((one) => one.name === name)?.rendered;
      return [found('pod')?.spec, found('target')?.data];
    },
    expected: [
      { containers: [{ name: 'c', image: 'c', args: ['registry.example.com/x:1'] }] },
      { image: 'x:v2' },
    ],
  },
  {
    says: 'a kustomization that is a link, a folder that is one: deployed from where they are linked',
    files: {
      'apps/real/kustomization.yaml': 'resources: [cm.yaml]\n',
      'apps/real/cm.yaml': map('web'),
      'apps/linked': '->real',
      'apps/file/kustomization.yaml': '->../real/kustomization.yaml',
      'apps/file/cm.yaml': map('file'),
      'apps/app.yaml': `${application('folder', 'apps/linked')}---\n${application('file', 'apps/file')}`,
    },
    shows: deployed,
    expected: ['file: ConfigMap/web/file', 'folder: ConfigMap/web/web'],
  },
  {
    says: 'a file whose extension is written in capitals is none that a directory deploys',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/web/upper.YAML': map('upper'),
      'apps/app.yaml': application('web', 'apps/web'),
    },
    shows: deployed,
    expected: ['web: ConfigMap/web/web'],
  },
];

describe('a hazard of rendering', () => {
  it.each(rowsInTurns(rows, 3))('$says', async ({ files, shows, expected }) => {
    const root = tree({ 'plumbline.yaml': config, ...files });
    const model = printedModel(await loadPlatform({ root }));
    expect(shows(model)).toEqual(expected);
  });

  it.each(['$ref', '\\u0024ref'])('a schema whose `%s` is on a server is asked of nobody', async (key) => {
    let asked = 0;
    const http = createServer((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
    try {
      const { port } = http.address() as AddressInfo;
      const root = tree({
        'plumbline.yaml': config,
        'apps/web/Chart.yaml': chart('web'),
        'apps/web/values.yaml': 'a: b\n',
        'apps/web/values.schema.json': `{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"b": {"$ref": "#/properties/a"}, "a": {"${key}": "http://127.0.0.1:${port}/x.json"}}}`,
        'apps/web/templates/x.yaml': map('x'),
        'apps/inflated/kustomization.yaml':
          'resources: [cm.yaml]\nhelmCharts: [{name: shop, releaseName: shop}]\n',
        'apps/inflated/cm.yaml': map('beside'),
        'apps/inflated/charts/shop': '->../../web',
        'apps/app.yaml': application('web', 'apps/web'),
      });
      const model = printedModel(await loadPlatform({ root }));
      expect(asked).toBe(0);
      expect(failures(model)).toEqual([]);
      expect(deployed(model)).toEqual(['web: ConfigMap/web/x']);
      expect(model.applications[0]?.unverified).toMatchObject([
        { what: 'schema apps/web/values.schema.json', origin: { file: 'apps/web/values.schema.json' } },
      ]);
      expect(model.resources.map(({ id }) => id)).toContain('ConfigMap/beside');
      expect(model.unverified.map(({ what }) => what)).toContain(
        'schema of the chart at apps/inflated/charts/shop',
      );
    } finally {
      http.close();
    }
  });
});

interface Row {
  says: string;
  files: Record<string, string>;
  shows: (model: Model) => unknown;
  expected: unknown;
}
