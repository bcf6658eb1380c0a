/**
 * Whether a project lets the objects of an Application be: their kinds, and namespaces other than the
 * destination's.
 */
import { addTo, firstOf, inCode } from '../../../base/index.ts';
import { kindOf } from '../../identity.ts';
import type { Resource } from '../../types.ts';
import { isKindPermitted, type KindLists } from './cluster-kinds.ts';
import { permitsDestination, type SeenCluster } from './destinations.ts';
import type { Question } from './permission-parts.ts';
import { destinationsOf, kindListsOf } from './project-lists.ts';
import { hasScopedSecrets } from './project-rules.ts';

/** One reason for all objects of a kind and namespace: a chart may hold hundreds. */
export function checkResources(subject: Subject, question: Question): void {
  const { rules, name, refuse, unknown, context } = question;
  const lists = kindListsOf(rules);
  const items = destinationsOf(rules);
  const kinds = new Map<string, Resource[]>();
  const namespaces = new Map<string, Resource[]>();
  const undecided = new Set<string>();
  for (const resource of subject.resources) {
    const namespaced = resource.namespace !== null || subject.isNamespaced(resource.group, resource.kind);
    if (!isKindPermitted(lists, resource.group, resource.kind, resource.name, namespaced))
      addTo(kinds, kindOf(resource.group, resource.kind), resource);
    else if (
      namespaced &&
      resource.namespace !== null &&
      resource.namespace !== subject.namespace &&
      subject.cluster
    ) {
      const isPermitted = permitsDestination(items, subject.cluster, resource.namespace);
      if (isPermitted === false) addTo(namespaces, resource.namespace, resource);
      else if (isPermitted === null) undecided.add(resource.namespace);
    }
  }
  for (const [kind, found] of kinds) {
    const [first] = found;
    if (!first) continue;
    const list = listAt(lists, first, subject);
    refuse(
      `kind ${kind}`,
      `resource \`${kind}\` is not permitted in project \`${name}\`: ${namesOf(found)}`,
      [first, ['kind']],
      ['spec', list.key],
      list.expected,
      kind,
    );
  }
  for (const namespace of undecided)
    unknown.push(
      `whether project ${name} permits namespace ${namespace} on a cluster that is not known here`,
    );
  for (const [namespace, found] of namespaces) {
    const [first] = found;
    if (!first) continue;
    // A cluster that belongs to a project is permitted in it, with every namespace.
    if (hasScopedSecrets('cluster', context)) {
      unknown.push(`whether the cluster of namespace ${namespace} belongs to project ${name}`);
      continue;
    }
    refuse(
      `namespace ${namespace}`,
      `namespace \`${namespace}\` is not permitted in project \`${name}\`: ${namesOf(found)}`,
      [first, ['metadata', 'namespace']],
      ['spec', 'destinations'],
      items.map((item) => item.namespace ?? '').join(', '),
      namespace,
    );
  }
}

/** The list that refuses a resource, as a person would look for it. */
function listAt(lists: KindLists, resource: Resource, subject: Subject): { key: string; expected: string } {
  const side =
    resource.namespace !== null || subject.isNamespaced(resource.group, resource.kind)
      ? 'namespace'
      : 'cluster';
  const white = side === 'namespace' ? lists.namespaceResourceWhitelist : lists.clusterResourceWhitelist;
  const black = side === 'namespace' ? lists.namespaceResourceBlacklist : lists.clusterResourceBlacklist;
  // What a list forbids stays forbidden, whatever another one permits.
  const isForbidden = !isKindPermitted(
    {
      clusterResourceWhitelist: everyKind,
      namespaceResourceWhitelist: everyKind,
      clusterResourceBlacklist: black,
      namespaceResourceBlacklist: black,
    },
    resource.group,
    resource.kind,
    resource.name,
    side === 'namespace',
  );
  const list = isForbidden ? black : white;
  const words =
    (list ?? [])
      .map(({ group, kind, name }) => `${kindOf(group, kind)}${name === null ? '' : ` named ${name}`}`)
      .join(', ') || 'nothing';
  return {
    key: `${side}Resource${isForbidden ? 'Blacklist' : 'Whitelist'}`,
    expected: isForbidden ? `none of ${words}` : `one of ${words}`,
  };
}

const everyKind = [{ group: '*', kind: '*', name: null }];

function namesOf(resources: readonly Resource[]): string {
  return firstOf(
    resources.map((resource) => inCode(`${resource.kind}/${resource.name}`)),
    3,
  );
}

export interface Subject {
  project: Resource | undefined;
  /** False where another of its name could be meant as well. */
  isProjectCertain: boolean;
  /** Namespace of the destination: checked with the destination itself. */
  namespace: string | null;
  resources: readonly Resource[];
  isNamespaced(group: string, kind: string): boolean;
  /** Filled in when the destination is looked at. */
  cluster?: SeenCluster;
}
