/** Whether a project lets an Application be, and each object that it holds; with both lines where it does not. */
import {
  type DiagnosticSource,
  type JsonObject,
  type JsonPath,
  objectAt,
  textAt,
} from '../../source/index.ts';
import type { BuildContext } from '../context.ts';
import { pathText } from '../locate.ts';
import type { Resource } from '../types.ts';
import {
  type Cluster,
  type Destination,
  isDestinationPermitted,
  resolveDestination,
} from './destinations.ts';
import { gobwas } from './glob.ts';
import { checkResources, type Refuse, type Subject } from './permitted-resources.ts';
import { destinationsOf, sourceReposOf } from './projects.ts';
import { isSourcePermitted } from './sources.ts';

/**
 * Everything that Argo CD would refuse, in its order: project, namespace of the Application, sources, destination, objects.
 * What depends on a cluster that only the cluster's Secrets know is in `unknown`.
 */
export function permissionsOf(application: Resource, subject: Subject, context: BuildContext): Permissions {
  const reasons: Reason[] = [];
  const spec = objectAt(application.rendered, 'spec');
  const name = textAt(spec, 'project') || 'default';
  const project = subject.project;
  if (!project) {
    // The project `default` is made by Argo CD itself and permits everything.
    if (name !== 'default') {
      reasons.push({
        message: `Application referencing project ${name} which does not exist`,
        application: sourceOf(application, ['spec', 'project'], 'application', context),
        project: null,
        about: 'project',
        actual: name,
        expected: 'an AppProject of that name',
      });
    }
    return { reasons, unknown: [] };
  }
  const rules = objectAt(project.rendered, 'spec');
  const refuse = (
    about: string,
    message: string,
    own: [Resource, JsonPath],
    at: JsonPath,
    expected: string,
    actual: string,
  ): void => {
    reasons.push({
      message,
      about,
      expected,
      actual,
      application: sourceOf(own[0], own[1], 'application', context),
      project: sourceOf(project, at, 'project', context),
    });
  };
  const home = project.namespace;
  if (application.namespace !== null && home !== null && application.namespace !== home) {
    const allowed = Array.isArray(rules.sourceNamespaces) ? rules.sourceNamespaces : [];
    if (
      !allowed.some((entry) => typeof entry === 'string' && namespaceFits(entry, application.namespace ?? ''))
    ) {
      refuse(
        'namespace',
        `application in namespace \`${application.namespace}\` is not permitted to use project \`${name}\``,
        [application, ['metadata', 'namespace']],
        ['spec', 'sourceNamespaces'],
        allowed.length > 0 ? `one of ${allowed.join(', ')}` : `namespace ${home}`,
        application.namespace,
      );
    }
  }
  const repos = sourceReposOf(rules);
  for (const [index, url] of subject.repoUrls.entries()) {
    if (isSourcePermitted(repos, url)) continue;
    const path = subject.severalSources
      ? ['spec', 'sources', index, 'repoURL']
      : ['spec', 'source', 'repoURL'];
    refuse(
      'source',
      `application repo \`${url}\` is not permitted in project \`${name}\``,
      [application, path],
      ['spec', 'sourceRepos'],
      repos.join(', ') || 'nothing',
      url,
    );
  }
  const unknown = checkDestination(application, spec, rules, subject, name, refuse);
  checkResources(subject, rules, name, refuse);
  return { reasons, unknown };
}

function checkDestination(
  application: Resource,
  spec: JsonObject,
  rules: JsonObject,
  subject: Subject,
  name: string,
  refuse: Refuse,
): string[] {
  const destination = objectAt(spec, 'destination');
  const own: Destination = { server: textAt(destination, 'server'), name: textAt(destination, 'name') };
  const resolved = resolveDestination(own, []);
  const items = destinationsOf(rules);
  if (!resolved.ok && resolved.certain) {
    refuse(
      'destination',
      resolved.error,
      [application, ['spec', 'destination']],
      ['spec', 'destinations'],
      'a server or a name',
      'neither or both',
    );
    return [];
  }
  const cluster = resolved.ok
    ? resolved.cluster
    : { server: (own.server ?? '').replace(/\/+$/, ''), name: own.name ?? '' };
  subject.cluster = cluster;
  const namespace = textAt(destination, 'namespace') ?? '';
  if (isDestinationPermitted(items, cluster, namespace)) return [];
  if (!resolved.ok && dependsOnUnknown(items, cluster)) {
    return [
      `whether project ${name} permits the cluster ${cluster.server || cluster.name}: ${resolved.error}`,
    ];
  }
  const where = `server \`${cluster.server || cluster.name}\` and namespace \`${namespace}\``;
  refuse(
    'destination',
    `application destination ${where} do not match any of the allowed destinations in project \`${name}\``,
    [
      application,
      ['spec', 'destination', textAt(destination, 'namespace') === undefined ? 'server' : 'namespace'],
    ],
    ['spec', 'destinations'],
    items.map((item) => `${item.namespace ?? ''} on ${item.server ?? item.name ?? ''}`).join('; ') ||
      'nothing',
    `${namespace} on ${cluster.server || cluster.name}`,
  );
  return [];
}

/** True where an item speaks of the half of the cluster that is not known. */
function dependsOnUnknown(items: readonly Destination[], cluster: Cluster): boolean {
  return items.some((item) => (cluster.server === '' ? (item.server ?? '') : (item.name ?? '')) !== '');
}

/** `/…/` is a regular expression in Argo CD; here only its plain text counts, so that no pattern of a repository is run. */
function namespaceFits(entry: string, namespace: string): boolean {
  if (!entry.startsWith('/') || !entry.endsWith('/') || entry.length < 3) return gobwas(entry)(namespace);
  const text = entry.slice(1, -1).replace(/^\^/, '').replace(/\$$/, '');
  return /[\\[\](){}|+?]/.test(text) ? true : gobwas(`*${text.replaceAll('.*', '*')}*`)(namespace);
}

function sourceOf(resource: Resource, path: JsonPath, role: string, context: BuildContext): DiagnosticSource {
  return {
    ...context.locate(resource, path),
    resource: resource.id,
    path: pathText(path),
    role,
    via: resource.origin.via,
  };
}

export interface Reason {
  message: string;
  /** What is refused: part of the fault's identity. */
  about: string;
  expected: string;
  actual: string;
  application: DiagnosticSource;
  project: DiagnosticSource | null;
}
export interface Permissions {
  reasons: Reason[];
  unknown: string[];
}
