/**
 * Whether a project lets an Application be, and each object that it holds; with both lines where it does not.
 */
import { type JsonPath, objectAt, textAt } from '../../../base/index.ts';
import { holdsPlaceholder } from '../../../source/index.ts';
import type { BuildContext } from '../../context.ts';
import type { Reason } from '../../finding-types.ts';
import { isLeftOut } from '../../left-out.ts';
import type { Resource } from '../../types.ts';
import { settingsMap } from '../settings.ts';
import {
  type Cluster,
  permitsDestination,
  type ResolvedDestination,
  resolveDestination,
} from './destinations.ts';
import { checkNamespace, checkSources } from './permission-origin.ts';
import { destinationOf, type Question, type Refuse, sourceOf } from './permission-parts.ts';
import { specReasons } from './permission-spec.ts';
import { checkResources, type Subject } from './permitted-resources.ts';
import { destinationsOf } from './project-lists.ts';
import { hasScopedSecrets } from './project-rules.ts';

/**
 * Everything that Argo CD would refuse: what the Application's own spec lacks, its project, its namespace,
 * sources, destination, objects. What depends on values that only the cluster's Secrets hold is in `unknown`.
 */
export function permissionsOf(application: Resource, subject: Subject, context: BuildContext): Permissions {
  const spec = objectAt(application.rendered, 'spec');
  const name = textAt(spec, 'project') || 'default';
  const settings = settingsMap('argocd-cm', subject.project?.namespace ?? application.namespace, context);
  const isInClusterEnabled = textAt(settings?.rendered, 'data', 'cluster.inClusterEnabled') !== 'false';
  const destination = resolveDestination(destinationOf(spec), context.clusters, isInClusterEnabled);
  const found = specReasons(application, spec, destination, context);
  const mayBeCompleted = found.length > 0 && isLeftOut(application, context.sources);
  const reasons = mayBeCompleted ? [] : found;
  const open: OpenVerdict[] = mayBeCompleted
    ? found.map(({ message: what }) => ({
        what,
        why: 'no kustomization takes the file up: one may complete it',
      }))
    : [];
  const cluster = destination.ok ? destination.cluster : null;
  const { project } = subject;
  if (!project) {
    // The project `default` is made by Argo CD itself and permits everything.
    if (holdsPlaceholder(name))
      open.push({ what: `project ${name}`, why: 'a set-up fills in a placeholder' });
    else if (name !== 'default') {
      reasons.push({
        message: `Application referencing project ${name} which does not exist`,
        application: sourceOf(application, ['spec', 'project'], 'application', context),
        project: null,
        about: 'project',
        actual: name,
        expected: 'an AppProject of that name',
      });
    }
    return { reasons, unknown: [], open, cluster };
  }
  const unknown: string[] = [];
  const { spec: rules, mayBeLentMore } = context.rulesOf(project);
  const refuse: Refuse = (about, message, own, at, expected, actual) => {
    // Global projects lend neither namespaces of applications nor a list that refuses less.
    if (mayBeLentMore && about !== 'namespace' && !isDenied(at)) {
      const what = `whether a global project permits more: ${message}`;
      open.push({ what, why: 'argocd-cm, which names global projects, is not read as a whole' });
      return;
    }
    const doubt = !subject.isProjectCertain
      ? `several projects \`${name}\` are declared, and nothing says which is meant`
      : holdsPlaceholder(actual) || holdsPlaceholder(expected)
        ? 'a set-up fills in a placeholder'
        : null;
    if (doubt !== null) {
      open.push({ what: `whether it is so: ${message}`, why: doubt });
      return;
    }
    reasons.push({
      message,
      about,
      expected,
      actual,
      application: sourceOf(own[0], own[1], 'application', context),
      project: sourceOf(project, at, 'project', context),
    });
  };
  const question = { application, spec, rules, name, project, refuse, unknown, context };
  checkNamespace(question, reasons);
  checkSources(question);
  checkDestination(question, destination, subject);
  checkResources(subject, question);
  return { reasons, unknown, open, cluster };
}

/** A list of what is forbidden: no other project's list takes anything out of it. */
const isDenied = (path: JsonPath): boolean => String(path[1] ?? '').endsWith('Blacklist');

function checkDestination(question: Question, resolved: ResolvedDestination, subject: Subject): void {
  const { application, spec, rules, name, refuse, unknown, context } = question;
  if (!resolved.ok && resolved.is !== 'unknown') return;
  const own = destinationOf(spec);
  const items = destinationsOf(rules);
  const cluster = resolved.ok
    ? resolved.cluster
    : { server: (own.server ?? '').replace(/\/+$/, ''), name: own.name ?? '' };
  const seen = { cluster, unknown: resolved.ok ? null : cluster.server === '' ? 'server' : 'name' } as const;
  subject.cluster = seen;
  const where = cluster.server || cluster.name;
  if (rules.permitOnlyProjectScopedClusters === true) {
    unknown.push(`whether the cluster ${where} belongs to project ${name} (permitOnlyProjectScopedClusters)`);
  }
  const namespace = own.namespace ?? '';
  const isPermitted = permitsDestination(items, seen, namespace);
  if (isPermitted) return;
  if (!resolved.ok && isPermitted === null) {
    unknown.push(
      `whether project ${name} permits the cluster ${where}: ${resolved.error}; \`generators.clusters\` of plumbline.yaml can name it`,
    );
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

export interface Permissions {
  reasons: Reason[];
  unknown: string[];
  /** What hangs on something else that nobody has read, such as a global project that permits more. */
  open: OpenVerdict[];
  /** The destination's cluster, where it is known. */
  cluster: Cluster | null;
}

interface OpenVerdict {
  what: string;
  why: string;
}
