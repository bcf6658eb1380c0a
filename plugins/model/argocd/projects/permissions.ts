/** Whether a project lets an Application be, and each object that it holds; with both lines where it does not. */
import { objectAt, textAt } from '../../../base/index.ts';
import type { BuildContext } from '../../context.ts';
import type { Reason } from '../../finding-types.ts';
import type { Resource } from '../../types.ts';
import {
  type Cluster,
  type Destination,
  isDestinationPermitted,
  type ResolvedDestination,
  resolveDestination,
} from './destinations.ts';
import { checkNamespace, checkSources } from './permission-origin.ts';
import { destinationOf, type Question, sourceOf } from './permission-parts.ts';
import { specReasons } from './permission-spec.ts';
import { checkResources, type Refuse, type Subject } from './permitted-resources.ts';
import { destinationsOf } from './project-lists.ts';
import { hasScopedSecrets } from './project-rules.ts';

/**
 * Everything that Argo CD would refuse: what the Application's own spec lacks, its project, its namespace, sources, destination, objects.
 * What depends on values that only the cluster's Secrets hold is in `unknown`.
 */
export function permissionsOf(application: Resource, subject: Subject, context: BuildContext): Permissions {
  const spec = objectAt(application.rendered, 'spec');
  const name = textAt(spec, 'project') || 'default';
  const destination = resolveDestination(destinationOf(spec), []);
  const reasons = specReasons(application, spec, destination, context);
  const cluster = destination.ok ? destination.cluster : null;
  const { project } = subject;
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
    return { reasons, unknown: [], cluster };
  }
  const unknown: string[] = [];
  const refuse: Refuse = (about, message, own, at, expected, actual) => {
    reasons.push({
      message,
      about,
      expected,
      actual,
      application: sourceOf(own[0], own[1], 'application', context),
      project: sourceOf(project, at, 'project', context),
    });
  };
  const rules = context.rulesOf(project).spec;
  const question = { application, spec, rules, name, project, refuse, unknown, context };
  checkNamespace(question, reasons);
  checkSources(question);
  checkDestination(question, destination, subject);
  checkResources(subject, rules, name, refuse);
  return { reasons, unknown, cluster };
}

function checkDestination(question: Question, resolved: ResolvedDestination, subject: Subject): void {
  const { application, spec, rules, name, refuse, unknown, context } = question;
  if (!resolved.ok && resolved.certain) return;
  const own = destinationOf(spec);
  const items = destinationsOf(rules);
  const cluster = resolved.ok
    ? resolved.cluster
    : { server: (own.server ?? '').replace(/\/+$/, ''), name: own.name ?? '' };
  subject.cluster = cluster;
  const where = cluster.server || cluster.name;
  if (rules.permitOnlyProjectScopedClusters === true) {
    unknown.push(`whether the cluster ${where} belongs to project ${name} (permitOnlyProjectScopedClusters)`);
  }
  const namespace = own.namespace ?? '';
  if (isDestinationPermitted(items, cluster, namespace)) return;
  if (!resolved.ok && dependsOnUnknown(items, cluster)) {
    unknown.push(`whether project ${name} permits the cluster ${where}: ${resolved.error}`);
    return;
  }
  if (hasScopedSecrets('cluster', context)) {
    unknown.push(`whether the cluster ${where} belongs to project ${name}`);
    return;
  }
  refuse(
    'destination',
    `application destination server \`${where}\` and namespace \`${namespace}\` do not match any of the allowed destinations in project \`${name}\``,
    [application, ['spec', 'destination', own.namespace === undefined ? 'server' : 'namespace']],
    ['spec', 'destinations'],
    items.map((item) => `${item.namespace ?? ''} on ${item.server ?? item.name ?? ''}`).join('; ') ||
      'nothing',
    `${namespace} on ${where}`,
  );
}

/** True where an item speaks of the half of the cluster that is not known. */
function dependsOnUnknown(items: readonly Destination[], cluster: Cluster): boolean {
  return items.some((item) => (cluster.server === '' ? (item.server ?? '') : (item.name ?? '')) !== '');
}

export interface Permissions {
  reasons: Reason[];
  unknown: string[];
  /** The destination's cluster, where it is known. */
  cluster: Cluster | null;
}
