/**
 * What people do wrong, each once, on the reference platform: a page of a few lines, manifests that were
 * changed, or both.
 */
export const faults: Fault[] = [
  {
    name: 'path-moved',
    page: 'The bounds are in `K8s/observability/quotas/resourcequota.yaml`.\n',
  },
  {
    name: 'diagram-twice',
    page: '```d2\na -> b\n```\n\nAnd again:\n\n```d2 title="Once more"\na -> b\n```\n',
  },
  {
    name: 'path-renamed',
    page: 'The bounds are in `K8s/observability/governance/quota.yaml`.\n',
  },
  { name: 'reference-misspelt', page: 'Alerts end at `Sensor/slo-bern`, in `AppProject/observabilty`.\n' },
  {
    name: 'claim-false',
    page: ':claim[Every namespace comes first]{of="kind == \'Namespace\' && stack != null" all="wave <= -10"}.\n',
    edits: [['K8s/observability/governance/namespace.yaml', 'sync-wave: "-10"', 'sync-wave: "10"']],
  },
  {
    name: 'claim-of-nothing',
    page: ':claim[Sensors are quick]{of="kind == \'Sensor\' && namespace == \'event\'" all="wave < 5"}.\n',
  },
  {
    name: 'count-stale',
    page: 'The platform has :fact[seven]{count="kind == \'AppProject\'"} projects.\n',
  },
  {
    name: 'value-stale',
    page: 'Loki lands in :fact[logging]{value="application(\'obs-loki\').destination.namespace"}.\n',
  },
  {
    name: 'expression-key-misspelt',
    page: '::table{view="resources" where="kind == \'Deployment\' && spec.replicsa > 1"}\n',
  },
  { name: 'expression-one-equals', page: ':fact[]{count="kind = \'Namespace\'"} namespaces.\n' },
  { name: 'attribute-misspelt', page: '::table{view="waves" wehre="wave < 0"}\n' },
  {
    name: 'suppression-not-needed',
    page: '<!-- plumbline-ignore path-missing: it moves soon -->\nSee `K8s/observability/loki/values.yaml`.\n',
  },
  {
    name: 'excerpt-stale',
    page: '```yaml source="IT/argocd/appproject-observability.yaml" at="spec.destinations"\ndestinations:\n  - server: https://kubernetes.default.svc\n    namespace: monitoring\n```\n',
  },
  {
    name: 'table-stale',
    page: '<!-- plumbline:table projects columns="name, destinations" where="name == \'cicd\'" -->\n\n| Project | Destinations |\n| --- | --- |\n| cicd | builds |\n\n<!-- /plumbline:table -->\n',
  },
  {
    name: 'command-of-nothing',
    page: '```sh\nargocd app sync obs-lokki\nkubectl -n observabilty get pods\n```\n',
  },
  {
    name: 'link-to-nothing',
    page: '## The waves\n\nSee [above](#the-wave) and [the model](./concepts/gitops-modell.md).\n',
  },
  { name: 'diagram-syntax', page: fence('a -> b: "deploys') },
  {
    name: 'diagram-resource-gone',
    page: fence(
      'project: Logs { link: "gitops:AppProject/logging" }\nns: Namespace { link: "gitops:Namespace/observability" }',
    ),
  },
  {
    name: 'diagram-edge-wrong-way',
    page: fence(
      'sensor: Sensor { link: "gitops:Sensor/slo-burn" }\nsource: Source { link: "gitops:EventSource/alertmanager" }\ntemplate: Template { link: "gitops:WorkflowTemplate/rollback-release" }\nsource -> sensor\ntemplate -> sensor: starts',
    ),
  },
  {
    name: 'diagram-lacks-a-project',
    page: fence(
      ['observability', 'cicd', 'security', 'events', 'backstage', 'platform']
        .map((name) => `${name}: { link: "gitops:AppProject/${name}" }`)
        .join('\n'),
      ' covers="kind == \'AppProject\'"',
    ),
    edits: [
      [
        'IT/argocd/kustomization.yaml',
        '  - appproject-platform.yaml\n',
        '  - appproject-platform.yaml\n  - appproject-data.yaml\n',
      ],
      [
        'IT/argocd/appproject-data.yaml',
        null,
        'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata:\n  name: data\n  namespace: argocd\nspec:\n  sourceRepos: ["*"]\n',
      ],
    ],
  },
  { name: 'diagram-import-outside', page: fence('...@../../../secrets/plan\na -> b') },
  { name: 'diagram-link-of-a-script', page: fence('a: { link: "javascript:alert(1)" }') },
  { name: 'diagram-option-unknown', page: fence('a -> b', ' titel="The way"') },
  {
    name: 'manifest-cut-off',
    edits: [
      [
        'K8s/observability/governance/namespace.yaml',
        '  name: observability\n',
        '  name: observability\n  labels: {owner: [\n',
      ],
    ],
  },
  {
    name: 'project-forbids',
    edits: [
      [
        'IT/argocd/appproject-observability.yaml',
        '    - server: https://kubernetes.default.svc\n      namespace: observability\n',
        '    - server: https://kubernetes.default.svc\n      namespace: monitoring\n',
      ],
    ],
  },
  {
    name: 'kustomization-names-no-file',
    edits: [['K8s/observability/governance/kustomization.yaml', '  - limitrange.yaml', '  - limits.yaml']],
  },
  {
    name: 'wave-inverted',
    edits: [
      ['K8s/backstage/backstage/externalsecret-backstage-postgres.yaml', 'sync-wave: "-2"', 'sync-wave: "2"'],
    ],
  },
  {
    name: 'event-route-dead',
    edits: [
      [
        'K8s/events/argo-events/sensors/slo-burn.yaml',
        'eventName: rollback-finished',
        'eventName: rollback-done',
      ],
    ],
  },
  {
    name: 'route-dead',
    edits: [['IT/gateway/httproutes/dex.yaml', 'port: 5556', 'port: 5557']],
  },
  {
    name: 'secret-store-missing',
    edits: [
      [
        'K8s/observability/kube-prometheus-stack/externalsecret-grafana-admin.yaml',
        'name: vault',
        'name: valut',
      ],
    ],
  },
];

function fence(source: string, options = ''): string {
  return `\`\`\`d2${options}\n${source}\n\`\`\`\n`;
}

export interface Fault {
  name: string;
  page?: string;
  /** File, what stands in it (null for a file that is new), and what stands there then. */
  edits?: [file: string, before: string | null, after: string][];
}
