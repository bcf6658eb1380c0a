/**
 * What a resource needs before it, in its application or another: the namespace that it lives in, the
 * definition of its kind, the store that it reads, the account that it runs as, what a workload starts with,
 * the bus and the templates of events and workflows.
 */
import { textAt } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { RelationType, Resource } from '../types.ts';
import type { Collector } from './collector.ts';

/** A collector that adds to each relation which is a need that it is one. */
export function withNeeds(collector: Collector): Collector {
  const add: Collector['add'] = (type, from, to, resource, path) => {
    collector.add(type, from, to, resource, path);
    if (isNeed(type, resource)) collector.add('needs', from, to, resource, path);
  };
  return {
    ...collector,
    add,
    both(forward, back, from, to, resource, path) {
      add(forward, from, to, resource, path);
      collector.add(back, to, from, resource, path);
    },
  };
}

/** Every custom resource needs the definitions of its kind that the repository has. */
export function definitionNeeds(
  resources: readonly Resource[],
  collector: Collector,
  context: BuildContext,
): void {
  const definitions = Map.groupBy(
    context.lookup.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition'),
    ({ rendered }) => `${textAt(rendered, 'spec', 'group')}/${textAt(rendered, 'spec', 'names', 'kind')}`,
  );
  if (definitions.size === 0) return;
  for (const resource of resources)
    for (const definition of definitions.get(`${resource.group}/${resource.kind}`) ?? [])
      collector.add('needs', resource.id, definition.id, resource, ['kind']);
}

function isNeed(type: RelationType, resource: Resource): boolean {
  if (type === 'consumes') return workloads.has(resource.kind);
  return needs.has(type);
}

const needs: ReadonlySet<RelationType> = new Set<RelationType>([
  'lives-in',
  'reads',
  'runs-as',
  'speaks-through',
  'calls',
]);

const workloads = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Job',
  'Pod',
  'ReplicaSet',
  'Rollout',
  'StatefulSet',
]);
