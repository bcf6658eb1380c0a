/**
 * Inputs that real repositories hold and that a reader must survive, one row each, made by hand. Held
 * elsewhere: lexical YAML (key given twice, octals, custom tags, indentation of quoted text, data of
 * generators, aliases, very large and hostile files, names of paths) in test/source; charts, their failures,
 * value files and sandbox in test/render and test/model/helm*; missing files, empty kustomizations, wrong
 * field types, remote bases in every spelling, helmCharts and generators, components, replacements in
 * test/render; templatePatch, merges, plugins, empty generators, globs of directories and the two template
 * languages in test/model/generator*; sensors in test/model/shop; denials of projects in test/vectors; what
 * needs Helm, kustomize or the template of a set in hazards-render.test.ts, odd YAML in
 * test/source/hazards.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { type PrintedModel as Model, printedModel } from '../../plugins/checks/index.ts';
import { loadPlatform } from '../../plugins/platform/index.ts';
import { tree } from '../source/tree.ts';
import { rowsInTurns } from '../turns.ts';

const server = 'https://kubernetes.default.svc';
const config = 'layers: { gitops: [apps] }\nrepository: { url: https://git.example.com/a.git }\n';
const map = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${more}}\n`;
const application = (name: string, path: string, more = ''): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  source: {repoURL: https://git.example.com/a, path: ${path}${more}}\n  destination: {server: "${server}", namespace: web}\n`;

const ids = (model: Model): string[] => model.resources.map(({ id }) => id).sort();
const faults = (model: Model): string[] =>
  model.diagnostics.map(({ rule, sources }) => `${rule} ${sources[0]?.file}`);
const unverified = (model: Model): string[] => model.unverified.map(({ what }) => what);
const names = (model: Model): string[] => model.applications.map(({ name }) => name).sort();

const rows: Row[] = [
  {
    says: 'progressive syncs are off where no setting switches them on',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/set.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set, namespace: argocd}\nspec:\n  strategy: {type: RollingSync, rollingSync: {steps: [{matchExpressions: []}]}}\n  generators: [{list: {elements: [{name: red}]}}]\n  template:\n    metadata: {name: "{{name}}"}\n    spec:\n      source: {repoURL: https://git.example.com/a, path: apps/web}\n      syncPolicy: {automated: {prune: true}}\n',
    },
    shows: (model) => [
      model.applicationSets.map(({ rollingSync }) => rollingSync),
      model.applications.map(({ syncPolicy }) => syncPolicy.automated),
    ],
    expected: [[null], [true]],
  },
  {
    says: 'progressive syncs that are switched on take the automated sync away',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/params.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cmd-params-cm, namespace: argocd}\ndata: {applicationsetcontroller.enable.progressive.syncs: "true"}\n',
      'apps/set.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set, namespace: argocd}\nspec:\n  strategy: {type: RollingSync, rollingSync: {steps: [{matchExpressions: []}]}}\n  generators: [{list: {elements: [{name: red}]}}]\n  template:\n    metadata: {name: "{{name}}"}\n    spec:\n      source: {repoURL: https://git.example.com/a, path: apps/web}\n      syncPolicy: {automated: {prune: true}}\n',
    },
    shows: (model) => [
      model.applicationSets.map(({ rollingSync }) => rollingSync?.steps.length),
      model.applications.map(({ syncPolicy }) => syncPolicy.automated),
    ],
    expected: [[1], [false]],
  },
  {
    says: 'a rollout without a step stops the set where progressive syncs are on',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/params.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cmd-params-cm, namespace: argocd}\ndata: {applicationsetcontroller.enable.progressive.syncs: "true"}\n',
      ...Object.fromEntries(
        [
          ['none', '{steps: []}'],
          ['absent', 'null'],
        ].map(([name, rollout]) => [
          `apps/${name}.yaml`,
          `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  strategy: {type: RollingSync, rollingSync: ${rollout}}\n  generators: [{list: {elements: [{name: red-${name}}]}}]\n  template:\n    metadata: {name: "{{name}}"}\n    spec:\n      source: {repoURL: https://git.example.com/a, path: apps/web}\n      destination: {server: "https://kubernetes.default.svc", namespace: web}\n`,
        ]),
      ),
    },
    shows: (model) => [
      names(model),
      model.diagnostics.map(({ message, sources: [at] }) => [message, at?.file, at?.line]),
    ],
    expected: [
      ['red-absent'],
      [['Argo CD refuses `ApplicationSet/none`: No steps defined for rollout', 'apps/none.yaml', 5]],
    ],
  },
  {
    says: 'types of sources that argocd-cm switches off are folders of plain manifests',
    files: {
      'apps/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata: {kustomize.enable: "no", jsonnet.enable: "false", helm.enable: ""}\n',
      'apps/web/kustomization.yaml': 'namePrefix: made-\nresources: [cm.yaml]\n',
      'apps/web/cm.yaml': map('web'),
      'apps/net/more.jsonnet': '{}',
      'apps/net/cm.yaml': map('net'),
      'apps/all.yaml': `${application('web', 'apps/web')}---\n${application('net', 'apps/net')}`,
    },
    shows: (model) => [
      model.applications.map(({ name, sourceType }) => [name, sourceType]),
      model.applications.flatMap(({ order }) => order.flat()),
      model.unverified,
    ],
    expected: [
      [
        ['net', 'Directory'],
        ['web', 'Directory'],
      ],
      ['ConfigMap/web/net', 'ConfigMap/web/web'],
      [],
    ],
  },
  {
    says: 'names of ignored differences are kept; a key given twice in what a generator reads counts as it is given last',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/web.yaml': `${application('web', 'apps/web')}  ignoreDifferences: [{kind: Secret, name: token, namespace: web, jsonPointers: [/data]}, {kind: Secret, jsonPointers: [/type]}]\n`,
      'apps/set.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set, namespace: argocd}\nspec:\n  goTemplate: true\n  generators: [{list: {elementsYaml: "- name: first\\n  name: last\\n"}}]\n  template:\n    metadata: {name: "{{.name}}"}\n    spec:\n      source: {repoURL: https://git.example.com/a, path: apps/web}\n',
    },
    shows: (model) => [
      names(model),
      model.applications.flatMap(({ syncPolicy }) =>
        syncPolicy.ignoreDifferences.map(({ name, namespace }) => [name, namespace]),
      ),
    ],
    expected: [
      ['last', 'web'],
      [
        ['token', 'web'],
        [null, null],
      ],
    ],
  },
  {
    says: '`yes` and `on` are true where Kubernetes reads a truth: an application prunes, a set is a Go template',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/web.yaml': `${application('web', 'apps/web')}  syncPolicy: {automated: {prune: yes, selfHeal: off}}\n`,
      'apps/set.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set, namespace: argocd}\nspec:\n  goTemplate: on\n  generators: [{list: {elements: [{name: red}]}}]\n  template:\n    metadata: {name: "{{ .name }}"}\n    spec:\n      source: {repoURL: https://git.example.com/a, path: apps/web}\n`,
    },
    shows: (model) => [
      names(model),
      model.applications
        .filter(({ name }) => name === 'web')
        .map(({ syncPolicy }) => [syncPolicy.prune, syncPolicy.selfHeal]),
    ],
    expected: [['red', 'web'], [[true, false]]],
  },
  {
    says: 'a template outside a chart is said to be one, and costs nothing else',
    files: {
      'apps/set.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  core: {{ .host }}\n',
      'apps/good.yaml': map('good'),
    },
    shows: (model) => [ids(model).includes('ConfigMap/good'), faults(model)],
    expected: [true, ['manifest-invalid apps/set.yaml']],
  },
  {
    says: 'UTF-16 with a mark, and CRLF, are manifests',
    files: {
      'apps/wide.yaml': Buffer.from(`\ufeff${map('wide').replaceAll('\n', '\r\n')}`, 'utf16le'),
      'apps/crlf.yaml': map('crlf').replaceAll('\n', '\r\n'),
      'apps/mark.yaml': `\ufeff${map('mark')}`,
    },
    shows: ids,
    expected: ['ConfigMap/crlf', 'ConfigMap/mark', 'ConfigMap/wide'],
  },
  {
    says: 'a list without items is no object, a kind with a null `items` and a spec is',
    files: {
      'apps/list/list.yaml': `apiVersion: v1\nkind: ConfigMapList\nitems:\n--- \n${map('after')}---\n---\n# nothing\n`,
      'apps/app.yaml': application('lists', 'apps/list'),
    },
    shows: (model) => model.resources.filter((one) => one.application === 'lists').map(({ id }) => id),
    expected: ['ConfigMap/web/after'],
  },
  {
    says: 'a `List` of Applications is Applications',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/list.yaml': `apiVersion: v1\nkind: List\nitems:\n${['one', 'two']
        .map((name) => `- ${application(name, 'apps/web').trimEnd().replaceAll('\n', '\n  ')}\n`)
        .join('')}`,
    },
    shows: names,
    expected: ['one', 'two'],
  },
  {
    says: 'annotations and labels that are null are none; those that are no text are faults, `yes` and `1.10` among them',
    files: {
      'apps/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n  labels:\n',
      'apps/b.yaml': map('b', ', annotations: {argocd.argoproj.io/sync-wave: 3}'),
      'apps/c.yaml': map(
        'c',
        ', annotations: {example.com/number: 1440, example.com/flag: true, example.com/none: null}',
      ),
      'apps/d.yaml': map('d', ', labels: {version: 1.10, canary: yes, quoted: "yes", word: yesterday}'),
    },
    shows: (model) => [
      ids(model),
      faults(model),
      model.resources.map(({ annotations }) => Object.keys(annotations))[0],
    ],
    expected: [
      ['ConfigMap/a', 'ConfigMap/b', 'ConfigMap/c', 'ConfigMap/d'],
      ['b', 'c', 'c', 'd', 'd'].map((name) => `manifest-invalid apps/${name}.yaml`),
      [],
    ],
  },
  {
    says: 'a kind alone makes no object: no metadata, no apiVersion, a number for one, tools of other sorts',
    files: {
      'apps/workflow.yaml': 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {entrypoint: main}\n',
      'apps/cluster.yaml': 'kind: Cluster\nname: gpu\n',
      'apps/datasources.yaml': 'apiVersion: 1\nkind: DaemonSet\nmetadata: {name: no}\n',
      'apps/values.yaml': 'resources:\n  requests: {cpu: 512m}\nkind: DaemonSet\n',
      'apps/kind.yaml': 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nmetadata: {name: local}\n',
      'apps/test-values.yaml':
        'apiVersion: cli.kyverno.io/v1alpha1\nkind: Values\nmetadata: {name: values}\n',
      'apps/generator.yaml':
        'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: squid}\n',
    },
    shows: ids,
    expected: [],
  },
  {
    says: 'a file that no parser takes costs only itself',
    files: {
      'apps/job.yaml': `apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec:\n  x:\n    - |\n      psql <<EOF\nGRANT pg_read_all_data TO u;\n`,
      'apps/flow.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: f}\nvalidator:\n{}\nx: 1\n',
      'apps/good.yaml': map('good'),
    },
    shows: (model) => [ids(model).includes('ConfigMap/good'), faults(model).sort()],
    expected: [true, ['manifest-invalid apps/flow.yaml', 'manifest-invalid apps/job.yaml']],
  },
  {
    says: 'merge keys reach into what an object is called',
    files: {
      'apps/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  <<: {name: merged, labels: {a: b}}\n  annotations: {argocd.argoproj.io/sync-wave: "4"}\n',
    },
    shows: (model) => model.resources.map(({ id, wave, labels }) => [id, wave, labels]),
    expected: [['ConfigMap/merged', 4, { a: 'b' }]],
  },
  {
    says: 'paths may hold anything',
    files: {
      'apps/metallb-system:controller/[...slug]/.$x cm.yaml': map('odd'),
      'apps/.argo/hidden.yml': map('hidden'),
    },
    shows: ids,
    expected: ['ConfigMap/hidden', 'ConfigMap/odd'],
  },
  {
    says: 'a placeholder for this repository is this repository, in a host name only text',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/web/route.yaml':
        'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec: {hostnames: ["x.${DNS_SUFFIX}"]}\n',
      'apps/app.yaml': application('web', 'apps/web').replace(
        /source: .*/,
        'source:\n    repoURL: ${REPO_URL}\n    path: apps/web',
      ),
    },
    shows: (model) => [ids(model).slice(1), model.routes.map(({ hostnames }) => hostnames)],
    expected: [['ConfigMap/web/web', 'HTTPRoute.gateway.networking.k8s.io/web/r'], [['x.${DNS_SUFFIX}']]],
  },
  {
    says: 'projects of one placeholder name stay apart; bare placeholder lines are a broken file',
    files: {
      'apps/east/p.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: <CLUSTER>, namespace: argocd}\n',
      'apps/west/p.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: <CLUSTER>, namespace: argocd}\n',
      'apps/values.yaml': 'annotations:\n  <CERT_ANNOTATION_1>\n  <CERT_ANNOTATION_2>\nother: 1\n',
    },
    shows: (model) => [new Set(ids(model)).size, model.projects.length],
    expected: [2, 2],
  },
  {
    says: 'a template of a tree is no tree',
    files: {
      'apps/new/kustomization.yaml': '{% if network %}\nresources: [a.yaml]\n{% endif %}\n',
      'apps/good.yaml': map('good'),
    },
    shows: (model) => [
      ids(model),
      model.diagnostics.every(({ sources }) => sources[0]?.file === 'apps/new/kustomization.yaml'),
    ],
    expected: [['ConfigMap/good'], true],
  },
  {
    says: 'skeletons and manifests inside text are not deployed',
    files: {
      'apps/pipeline/skeleton/app.yaml': application('"${{values.name}}-dev"', 'apps/web'),
      'apps/pipeline/skeleton/plain.yaml': map('plain'),
      'apps/pipeline/content/cm.yaml': map('content'),
      'apps/loose.yaml': application('"${{values.name}}-loose"', 'apps/web'),
      'apps/pipeline/template.yaml': `apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {name: t}\nspec:\n  steps:\n    - {action: fetch:template, input: {url: ./content}}\n    - {action: apply, input: {manifest: "apiVersion: argoproj.io/v1alpha1\\nkind: AppProject\\nmetadata: {name: p}"}}\n`,
    },
    shows: (model) => [ids(model), names(model), model.projects],
    expected: [[], [], []],
  },
  {
    says: 'objects inside objects, and keys that are expressions, are not ours',
    files: {
      'apps/kro.yaml':
        'apiVersion: kro.run/v1alpha1\nkind: ResourceGraphDefinition\nmetadata: {name: g}\nspec: {resources: [{template: {apiVersion: argoproj.io/v1alpha1, kind: EventSource, metadata: {name: "${schema.spec.name}-x"}, spec: {webhook: {a: {}}}}}]}\n',
      'apps/policy.yaml':
        'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rules: [{name: r, match: {any: [{resources: {kinds: [Pod]}}]}, validate: {pattern: {spec: {"X(chart)": "null", "=(initContainers)": [{"<(name)": "!a"}]}}}}]}\n',
    },
    shows: (model) => [model.events, model.policies.map(({ name, rules }) => [name, rules.length])],
    expected: [[], [['p', 1]]],
  },
  {
    says: 'a set in a folder that another set deploys; this repository with and without `.git`',
    files: {
      'apps/outer.yaml': set('outer', 'https://git.example.com/a.git', 'apps/stacks/*'),
      'apps/stacks/external/set.yaml': set('inner', 'https://git.example.com/a', 'apps/more/*'),
      'apps/more/web/cm.yaml': map('web'),
    },
    shows: (model) => model.applicationSets.map(({ name, applications }) => [name, applications]),
    expected: [
      ['inner', ['inner-web']],
      ['outer', ['outer-external']],
    ],
  },
  {
    says: 'a denied destination refuses what another item permits',
    files: {
      'apps/web/cm.yaml': map('web'),
      'apps/p.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: default, namespace: argocd}\nspec:\n  sourceRepos: ["*"]\n  destinations:\n    - {server: "*", namespace: "*"}\n    - {server: "*", namespace: "!web"}\n`,
      'apps/app.yaml': application('web', 'apps/web'),
    },
    shows: (model) => [model.applications.map(({ permitted }) => permitted.ok), faults(model)],
    expected: [[false], ['project-forbids apps/app.yaml']],
  },
  {
    says: 'names are no identities: one Application name in two folders, each with its own objects',
    files: {
      'apps/east/cm.yaml': map('east'),
      'apps/west/cm.yaml': map('west'),
      'apps/a.yaml': application('web', 'apps/east'),
      'apps/b.yaml': application('web', 'apps/west').replace('namespace: argocd', 'namespace: other'),
    },
    shows: (model) => model.applications.map(({ id, order }) => [id, order.flat()]),
    expected: [
      ['Application.argoproj.io/argocd/web', ['ConfigMap/web/east']],
      ['Application.argoproj.io/other/web', ['ConfigMap/web/west']],
    ],
  },
  {
    says: 'a file that asks not to be rendered is left out',
    files: {
      'apps/web/skipped.yaml': `# +argocd:skip-file-rendering\n${map('skipped')}`,
      'apps/web/cm.yaml': map('kept'),
      'apps/app.yaml': application('web', 'apps/web'),
    },
    shows: (model) => model.applications.map(({ order }) => order.flat()),
    expected: [['ConfigMap/web/kept']],
  },
  {
    says: 'an override that is no YAML is said, that of another application is nobody’s concern',
    files: {
      'apps/web/.argocd-source-web.yaml': 'aloi\nkustomize:\n  images: []\n',
      'apps/web/cm.yaml': map('web'),
      'apps/other/.argocd-source-web.yaml': 'aloi\nkustomize:\n  images: []\n',
      'apps/other/cm.yaml': map('other'),
      'apps/app.yaml': `${application('web', 'apps/web')}---\n${application('other', 'apps/other')}`,
    },
    shows: (model) => model.applications.map(({ name, unverified: open }) => [name, open.length > 0]),
    expected: [
      ['other', false],
      ['web', true],
    ],
  },
  {
    says: 'two values in one JSON file are a fault of the application, jsonnet is unverified',
    files: {
      'apps/web/list.json':
        '{"apiVersion": "v1", "kind": "ConfigMap"}\n{"apiVersion": "v1", "kind": "ConfigMap"}\n',
      'apps/web/x.jsonnet': 'local a = 1; {}',
      'apps/web/cm.yaml': map('web'),
      'apps/app.yaml': application('web', 'apps/web'),
    },
    shows: (model) => [
      model.applications.map(({ order }) => order.flat()),
      unverified(model).filter((what) => what.startsWith('jsonnet')),
      model.applications.every((one) =>
        one.unverified.some(({ why }) => why.includes('not exactly one object')),
      ),
    ],
    expected: [[[]], ['jsonnet apps/web/x.jsonnet'], true],
  },
  {
    says: 'groups matter: a kind of another group is another kind',
    files: {
      'apps/kinds.yaml': [
        'apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: {name: oam}\nspec: {destination: {server: x}}\n',
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: flux}\nspec: {path: ./x, sourceRef: {kind: GitRepository, name: x}}\n',
        'apiVersion: policy.linkerd.io/v1beta1\nkind: HTTPRoute\nmetadata: {name: linkerd}\nspec: {hostnames: [a.example.com]}\n',
        'apiVersion: nvidia.com/v1\nkind: ClusterPolicy\nmetadata: {name: gpu}\nspec: {rules: [{name: x}]}\n',
        'apiVersion: policy.open-cluster-management.io/v1\nkind: Policy\nmetadata: {name: ocm}\nspec: {rules: [{name: x}]}\n',
        'apiVersion: kubernetes-client.io/v1\nkind: ExternalSecret\nmetadata: {name: legacy}\nspec: {backendType: x}\n',
        'apiVersion: app.redislabs.com/v1\nkind: EventSource\nmetadata: {name: other}\nspec: {webhook: {a: {}}}\n',
        'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: dapr}\n',
      ].join('---\n'),
    },
    shows: (model) => [
      model.resources.length,
      [model.applications, model.routes, model.policies, model.secrets, model.events].map(
        (list) => list.length,
      ),
    ],
    expected: [8, [0, 0, 0, 0, 0]],
  },
  {
    says: 'what policy tests apply is not deployed, the policies are',
    files: {
      'apps/p/.chainsaw-test/bad.yaml': application('bad', 'apps/web'),
      'apps/p/tests/bad.yaml': map('bad'),
      'apps/p/tests/chainsaw-test.yaml':
        'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: t}\nspec: {steps: [{try: [{apply: {file: ../policy.yaml}}, {apply: {file: bad.yaml}}]}]}\n',
      'apps/p/resource.yaml': map('resource'),
      'apps/p/kyverno-test.yaml':
        'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: t}\npolicies: [policy.yaml]\nresources: [resource.yaml]\n',
      'apps/p/policy.yaml':
        'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rules: []}\n',
    },
    shows: ids,
    expected: ['ClusterPolicy.kyverno.io/p'],
  },
  {
    says: 'an ExternalSecret without a store, or with one that is elsewhere, is still one',
    files: {
      'apps/a.yaml':
        'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: a}\nspec: {secretStoreRef: {kind: ClusterSecretStore, name: doppler}, target: {name: a}}\n',
      'apps/b.yaml':
        'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: b}\nspec: {target: {name: b}}\n',
    },
    shows: (model) => model.secrets.map(({ store, target }) => [target.name, store.name, store.id]),
    expected: [
      ['a', 'doppler', null],
      ['b', '', null],
    ],
  },
  {
    says: 'patches and fragments are no objects, listed or left behind',
    files: {
      'apps/web/kustomization.yaml': 'resources: [deployment.yaml]\npatches: [{path: delete.yaml}]\n',
      'apps/web/deployment.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}\n',
      'apps/web/delete.yaml':
        '$patch: delete\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n',
      'apps/web/replicas.yml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n',
      'apps/web/set.yml':
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: gone}\n$patch: delete\n',
    },
    shows: (model) => [ids(model), model.applicationSets],
    expected: [[], []],
  },
  {
    says: 'a wave that a patch with an escaped path sets, and one that commonAnnotations overwrites',
    files: {
      'apps/web/kustomization.yaml':
        'resources: [cm.yaml]\npatches:\n  - target: {kind: ConfigMap}\n    patch: |\n      - op: add\n        path: /metadata/annotations/argocd.argoproj.io~1sync-wave\n        value: "5"\n',
      'apps/web/cm.yaml': map('web', ', annotations: {a: b}'),
      'apps/all/kustomization.yaml':
        'resources: [cm.yaml]\ncommonAnnotations: {argocd.argoproj.io/sync-wave: "1"}\n',
      'apps/all/cm.yaml': map('all', ', annotations: {argocd.argoproj.io/sync-wave: "5"}'),
    },
    shows: (model) => model.resources.map(({ name, wave }) => [name, wave]),
    expected: [
      ['all', 1],
      ['web', 5],
    ],
  },
  {
    says: 'a component alone is nothing; every spelling of a kustomization is one',
    files: {
      'apps/part/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [cm.yaml]\n',
      'apps/part/cm.yaml': map('part'),
      'apps/yml/kustomization.yml': 'resources: [cm.yaml]\n',
      'apps/yml/cm.yaml': map('yml'),
      'apps/bare/Kustomization': 'resources: [cm.yaml]\n',
      'apps/bare/cm.yaml': map('bare'),
    },
    shows: (model) => model.resources.map(({ id, source }) => [id, source]),
    expected: [
      ['ConfigMap/bare', 'kustomize'],
      ['ConfigMap/yml', 'kustomize'],
    ],
  },
  {
    says: 'ciphertext is not shown',
    files: {
      'apps/a.enc.yaml': `${map('secret')}data:\n  key: ENC[AES256_GCM,data:planted,iv:x,tag:y,type:str]\nsops: {mac: "ENC[AES256_GCM,data:planted]"}\n`,
    },
    shows: (model) => [ids(model), JSON.stringify(model).includes('planted')],
    expected: [['ConfigMap/secret'], false],
  },
  {
    says: 'links out of the repository, to nothing and to their own parent are said, never followed',
    files: {
      'apps/out.yaml': '->/etc/hostname',
      'apps/nowhere.json': '->nowhere',
      'apps/loop': '->..',
      'apps/again.yaml': '->cm.yaml',
      'apps/cm.yaml': map('web'),
    },
    shows: (model) => [faults(model).sort(), model.resources.every(({ name }) => name === 'web')],
    expected: [
      ['manifest-invalid apps/loop', 'manifest-invalid apps/nowhere.json', 'manifest-invalid apps/out.yaml'],
      true,
    ],
  },
  {
    says: 'what another extension switches off is off',
    files: {
      'apps/a.yaml.disabled': map('a'),
      'apps/b.yaml.example': map('b'),
      'apps/c.yaml.tftpl': map('c'),
      'apps/d.yaml': map('d'),
    },
    shows: ids,
    expected: ['ConfigMap/d'],
  },
  {
    says: 'manifests that were rendered and kept beside their sources are a second object, never a second identity',
    files: {
      'apps/web/kustomization.yaml': 'resources: [cm.yaml]\n',
      'apps/web/cm.yaml': map('web'),
      'apps/rendered/manifest.yaml': map('web'),
      'apps/app.yaml': application('web', 'apps/web'),
    },
    shows: (model) => [
      new Set(ids(model)).size === model.resources.length,
      model.applications.map(({ order }) => order.flat()),
    ],
    expected: [true, [['ConfigMap/web/web']]],
  },
  {
    says: 'a submodule that was not fetched is an empty folder: its application has nothing, and says so',
    files: {
      '.gitmodules': '[submodule "x"]\n\tpath = apps/sub\n',
      'apps/app.yaml': application('sub', 'apps/sub'),
    },
    shows: (model) => [
      model.applications.map(({ order, unverified: open }) => [order, open.length]),
      faults(model),
    ],
    expected: [[[[], 1]], []],
  },
];

describe('a hazard of real repositories', () => {
  it.each(rowsInTurns(rows, 3))('$says', async ({ files, shows, expected }) => {
    const root = tree({ 'plumbline.yaml': config, ...files });
    const model = printedModel(await loadPlatform({ root }));
    expect(shows(model)).toEqual(expected);
  });
});

function set(name: string, url: string, path: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: ${name}, namespace: argocd}
spec:
  generators: [{git: {repoURL: ${url}, directories: [{path: "${path}"}]}}]
  template:
    metadata: {name: "${name}-{{path.basename}}"}
    spec:
      source: {repoURL: ${url}, path: "{{path}}"}
      destination: {server: "${server}", namespace: web}
`;
}

interface Row {
  says: string;
  files: Record<string, string | Buffer>;
  shows: (model: Model) => unknown;
  expected: unknown;
}
