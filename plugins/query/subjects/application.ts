import type { Application } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Applications, generated ones expanded. */
export const application: SubjectType<Application> = {
  one: 'application',
  many: 'applications',
  title: 'Applications',
  intro: 'Here `namespace` is where the application deploys to; its own is `metadata.namespace`.',
  list: { name: 'applications', says: 'every application', example: 'applications.size()' },
  hasLookUp: true,
  recordsOf: ({ applications }) => applications,
  resourceOf: ({ id }, { resource }) => resource(id),
  nameOf: ({ name }, reference) => reference ?? `application ${name}`,
  originOf: ({ origin }) => origin,
  valuesOf: ({ destination, sources }) => ({
    // Readers ask where an application deploys to; its own place in Argo CD's namespace stays
    // `metadata.namespace`.
    namespace: destination.namespace,
    path: sources.find((source) => source.path !== null)?.path ?? null,
    repoURL: sources[0]?.repoURL ?? null,
  }),
  paths: {
    project: ['spec', 'project'],
    permitted: ['spec', 'project'],
    'permitted.ok': ['spec', 'project'],
    'permitted.reasons': ['spec', 'project'],
    sources: ['spec', 'source'],
    destination: ['spec', 'destination'],
    syncPolicy: ['spec', 'syncPolicy'],
    'syncPolicy.prune': ['spec', 'syncPolicy', 'automated', 'prune'],
    'syncPolicy.selfHeal': ['spec', 'syncPolicy', 'automated', 'selfHeal'],
    'syncPolicy.allowEmpty': ['spec', 'syncPolicy', 'automated', 'allowEmpty'],
    'syncPolicy.options': ['spec', 'syncPolicy', 'syncOptions'],
    'syncPolicy.serverSideApply': ['spec', 'syncPolicy', 'syncOptions'],
    'syncPolicy.applyOutOfSyncOnly': ['spec', 'syncPolicy', 'syncOptions'],
    'syncPolicy.createNamespace': ['spec', 'syncPolicy', 'syncOptions'],
    'syncPolicy.retryLimit': ['spec', 'syncPolicy', 'retry', 'limit'],
  },
  fields: [
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
    field(
      'instanceName',
      'text',
      "what its resources are tracked by: `namespace_name` outside of Argo CD's own namespace",
      'instanceName == name',
    ),
    field('serviceAccount', 'text or null', 'that its syncs run as', 'serviceAccount == null'),
    field('unverified', 'list of maps', '`what` and `why`', 'unverified.size() > 0'),
  ],
};
