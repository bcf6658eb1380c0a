import type { SubjectKind } from './types.ts';

/** Names that every row has, whatever it is about: those of its resource, and where it is written. */
export const everyField: Field[] = [
  field('id', 'text', 'Kind, group, namespace and name; unique', "id == 'Namespace/observability'"),
  field('apiVersion', 'text', 'as written', "apiVersion == 'argoproj.io/v1alpha1'"),
  field('group', 'text', 'of its API; empty for the core', "group == 'argoproj.io'"),
  field('version', 'text', 'of its API', "version == 'v1alpha1'"),
  field('kind', 'text', 'as written', "kind in ['AppProject', 'Namespace']"),
  field(
    'namespace',
    'text or null',
    'where Argo CD puts it; null for what belongs to no namespace',
    "namespace == 'observability'",
  ),
  field('name', 'text', 'as written', "name.startsWith('obs-')"),
  field('labels', 'map of text', 'after rendering', 'labels.size() > 0'),
  field('annotations', 'map of text', 'after rendering', "'argocd.argoproj.io/sync-wave' in annotations"),
  field('layer', 'text', '`bootstrap` or `gitops`', "layer == 'bootstrap'"),
  field('stack', 'text or null', 'folder of the gitops layer', "stack == 'observability'"),
  field('application', 'text or null', 'the application that deploys it', "application == 'obs-loki'"),
  field('wave', 'number', 'effective sync wave; 0 where none is set', 'wave < 0'),
  field('waveSet', 'true or false', 'a wave is written down', 'waveSet'),
  field('phase', 'text', '`PreSync`, `Sync`, `PostSync` or `SyncFail`', "phase == 'Sync'"),
  field(
    'source',
    'text',
    '`file`, `kustomize`, `helm`, `applicationset` or `external-secret`; of an event its EventSource',
    "source == 'kustomize'",
  ),
  field('generatedBy', 'text or null', 'id of what generates it', 'generatedBy != null'),
  field('file', 'text', 'the file that a person edits', "glob(file, '**/*.yaml')"),
  field('line', 'number', 'where it begins in the file', 'line >= 1'),
  field('metadata', 'map', 'as rendered', 'has(metadata.labels)'),
  field('spec', 'map', 'as rendered', 'has(spec.replicas)'),
];

/** What the rows of each kind have besides, from the model's record of them. Of one name the record's wins. */
export const recordFields: Record<Exclude<SubjectKind, 'resource'>, Field[]> = {
  project: [
    field('description', 'text', 'empty where none is written', "description != ''"),
    field('sourceRepos', 'list of text', 'repositories that it may deploy from', 'sourceRepos.size() > 0'),
    field(
      'destinations',
      'list of maps',
      '`server`, `name` and `namespace`',
      "destinations.exists(d, d.namespace == 'observability')",
    ),
    field(
      'clusterResourceWhitelist',
      'list of text or null',
      '`group/Kind`; null where it is absent',
      'clusterResourceWhitelist != null && clusterResourceWhitelist.size() > 0',
    ),
    field(
      'clusterResourceBlacklist',
      'list of text or null',
      '`group/Kind`; null where it is absent',
      'clusterResourceBlacklist == null',
    ),
    field(
      'namespaceResourceWhitelist',
      'list of text or null',
      '`group/Kind`; null where it is absent',
      "namespaceResourceWhitelist == null || namespaceResourceWhitelist.exists(k, k.endsWith('/ApplicationSet'))",
    ),
    field(
      'namespaceResourceBlacklist',
      'list of text or null',
      '`group/Kind`; null where it is absent',
      "namespaceResourceBlacklist != null && 'Secret' in namespaceResourceBlacklist",
    ),
    field(
      'sourceNamespaces',
      'list of text',
      'where its applications may live',
      'sourceNamespaces.size() == 0',
    ),
    field('globalProjects', 'list of text', 'projects whose rules are added', 'globalProjects.size() == 0'),
    field('roles', 'list of maps', '`name`, `policies`, `groups`', "roles.all(r, r.name != '')"),
    field('syncWindows', 'list of maps', '`kind`, `schedule`, `duration`, …', 'syncWindows.size() == 0'),
    field('applications', 'list of text', 'names of those in it', 'applications.size() > 1'),
  ],
  applicationset: [
    field('project', 'text or null', 'of its template', "project == 'observability'"),
    field(
      'generators',
      'list of maps',
      '`type`, `paths`, `exclude`',
      "generators.exists(g, g.type == 'git')",
    ),
    field('applications', 'list of text', 'names of those that it generates', 'applications.size() > 0'),
    field('syncPolicy', 'map', 'of its template, as of an application', 'syncPolicy.automated'),
    field('rollingSync', 'map or null', 'steps of a progressive sync', 'rollingSync == null'),
    field('unverified', 'text or null', 'why the expansion is not complete', 'unverified == null'),
  ],
  application: [
    field('project', 'text', 'its AppProject', "project == 'observability'"),
    field('path', 'text or null', 'of its first source with one', "path.startsWith('K8s/')"),
    field('repoURL', 'text or null', 'of its first source', "repoURL.endsWith('.git')"),
    field('sources', 'list of maps', '`repoURL`, `path`, `chart`, `targetRevision`', 'sources.size() == 1'),
    field('sourceType', 'text', '`Kustomize`, `Helm`, `Directory`, …', "sourceType == 'Kustomize'"),
    field(
      'destination',
      'map',
      '`server`, `name`, `namespace`; its namespace is also `namespace`',
      "destination.namespace == 'observability'",
    ),
    field('permitted', 'map', '`ok`, and `reasons` where it is not', 'permitted.ok'),
    field(
      'syncPolicy',
      'map',
      '`automated`, `prune`, `selfHeal`, `options`, `retryLimit`, …',
      'syncPolicy.prune && syncPolicy.selfHeal',
    ),
    field(
      'order',
      'list of lists',
      'ids in the sequence of the sync, a list for each step',
      'order.size() > 1',
    ),
    field(
      'deletion',
      'map',
      '`cascade`, and ids as `steps`, `confirm` and `stays`',
      "deletion.cascade == 'foreground' || deletion.stays.size() > 0",
    ),
    field('createsNamespace', 'true or false', 'a sync makes its namespace', '!createsNamespace'),
    field('replaces', 'list of text', 'ids that a sync replaces', 'replaces.size() == 0'),
    field('rbacName', 'text', 'what RBAC policies call it', "rbacName.startsWith(project + '/')"),
    field('serviceAccount', 'text or null', 'that its syncs run as', 'serviceAccount == null'),
    field('unverified', 'list of maps', '`what` and `why`', 'unverified.size() > 0'),
  ],
  policy: [
    field('rules', 'list of maps', 'all rules of its policy', 'rules.size() >= 1'),
    field('rule', 'map', 'the rule that the row is about', "rule.name != ''"),
    field(
      'type',
      'text',
      '`validate`, `mutate`, `generate`, `verifyImages`, `cleanup`',
      "type == 'validate'",
    ),
    field('kinds', 'list of text', 'as written', "'Deployment' in kinds"),
    field('scope', 'list of text', 'what else narrows it, in words', 'scope.size() > 0'),
    field('action', 'text or null', '`Enforce` or `Audit`', "action == 'Enforce'"),
    field('target', 'text or null', 'what it makes or changes', 'target != null'),
    field('message', 'text or null', 'what it tells', "message != null && message.contains('label')"),
    field('matches', 'list of text', 'ids of the resources that it matches', 'matches.size() > 0'),
  ],
  event: [
    field('sourceName', 'text', 'name of the EventSource', "sourceName == 'alertmanager'"),
    field('type', 'text or null', '`webhook`, `github`, `resource`, …', "type == 'webhook'"),
    field('event', 'text', 'of the source', "event != ''"),
    field('sensor', 'text or null', 'id of the Sensor', 'sensor != null'),
    field('dependency', 'text or null', 'what the sensor calls the event', 'dependency != null'),
    field(
      'trigger',
      'map or null',
      '`name`, `type`, `targets`, `action`',
      "trigger != null && trigger.name != ''",
    ),
    field('live', 'true or false', 'source, sensor and trigger all exist', 'live'),
  ],
  secret: [
    field('externalSecret', 'text', 'id of the ExternalSecret', "externalSecret != ''"),
    field('store', 'map', '`kind`, `name`, `id`', "store.name == 'vault'"),
    field('target', 'map', '`name`, `namespace`, `id` of the Secret', "target.name != ''"),
    field('creationPolicy', 'text', '`Owner`, `Merge`, …', "creationPolicy == 'Merge'"),
    field('deletionPolicy', 'text', '`Retain`, `Delete`, …', "deletionPolicy == 'Retain'"),
    field('refreshInterval', 'text', 'as written', "refreshInterval == '1h'"),
    field('keys', 'list of maps', '`key` and `remote`', 'keys.size() > 0'),
  ],
  route: [
    field('route', 'text', 'id of the route', "route.contains('HTTPRoute')"),
    field('hostnames', 'list of text', 'as written', "hostnames.exists(h, h.startsWith('argocd.'))"),
    field(
      'parents',
      'list of maps',
      '`name`, `namespace`, `section`, `id`',
      "parents.exists(p, p.name == 'platform')",
    ),
    field(
      'backends',
      'list of maps',
      '`name`, `namespace`, `port`, `id`',
      'backends.exists(b, b.port == 80)',
    ),
  ],
  stack: [
    field('path', 'text', 'its folder', "path.startsWith('K8s/')"),
    field('applicationSet', 'text or null', 'id of the set that watches it', 'applicationSet != null'),
    field('project', 'text or null', 'its AppProject', "project == 'backstage'"),
    field('applications', 'list of text', 'names of those in it', 'applications.size() > 2'),
  ],
};

/** All names by the kind of row; of a resource those of every row. */
export const fields: Record<SubjectKind, Field[]> = { resource: everyField, ...recordFields };

/** The lists that `value` may start from, with the kind of their rows where they have one. */
export const modelLists: ModelList[] = [
  { name: 'resources', kind: 'resource', says: 'every resource', example: 'resources.size()' },
  { name: 'applications', kind: 'application', says: 'every application', example: 'applications.size()' },
  {
    name: 'projects',
    kind: 'project',
    says: 'every AppProject',
    example: "projects.map(p, p.name).join(', ')",
  },
  {
    name: 'applicationSets',
    kind: 'applicationset',
    says: 'every ApplicationSet',
    example: 'applicationSets.map(s, s.applications.size())',
  },
  {
    name: 'policies',
    kind: 'policy',
    says: 'every rule of every policy',
    example: "policies.filter(p, p.action == 'Enforce').size()",
  },
  {
    name: 'events',
    kind: 'event',
    says: 'every way from an event to a trigger',
    example: 'events.all(e, e.live)',
  },
  { name: 'secrets', kind: 'secret', says: 'every ExternalSecret', example: 'secrets[0].store.name' },
  {
    name: 'routes',
    kind: 'route',
    says: 'every HTTPRoute and its like',
    example: 'routes.map(r, r.hostnames)',
  },
  { name: 'stacks', kind: 'stack', says: 'every stack', example: 'stacks.map(s, s.name)' },
  {
    name: 'relations',
    kind: null,
    says: 'what the model knows to hold between two resources: `type`, `from`, `to`',
    example: "relations.filter(r, r.type == 'permits').size()",
  },
  {
    name: 'ignoredDifferences',
    kind: null,
    says: 'differences that argocd-cm ignores for all: `group`, `kind`, `fields`',
    example: 'ignoredDifferences.size()',
  },
];

function field(name: string, type: string, says: string, example: string): Field {
  return { name, type, says, example };
}

export interface Field {
  name: string;
  /** In the words of the errors: text, number, true or false, list, map, null. */
  type: string;
  /** What it holds, as a phrase of Markdown. */
  says: string;
  /** An expression with it, true of some row of the reference platform. */
  example: string;
}

export interface ModelList {
  name: string;
  kind: SubjectKind | null;
  says: string;
  example: string;
}
