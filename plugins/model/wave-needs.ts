/** What cannot be applied, or become healthy, before something else; and where waves say the opposite. */
import { isMadeSecret } from './secrets/made-secret.ts';
import type { Model, Resource } from './types.ts';

/**
 * Needs that Argo CD waits for, once a relation: the namespace of an object, the store of an ExternalSecret,
 * what a workload starts with. What a resource finds later by itself is none.
 * @param resource gives one by its id.
 */
function hardNeeds(
  { relations }: Pick<Model, 'relations'>,
  resource: (id: string) => Resource | undefined,
): HardNeed[] {
  return relations.flatMap((relation) => {
    if (relation.type !== 'needs') return [];
    const consumer = resource(relation.from);
    const target = resource(relation.to);
    const what = target === undefined ? undefined : whatOf(target);
    if (what === undefined || !consumer || !target) return [];
    // Only what Argo CD waits for can be stuck: a store that finds its account later gets well by itself.
    if (ofWorkloads.has(target.kind) && !workloads.has(consumer.kind)) return [];
    // A Secret that a controller makes comes when what asks for it does.
    const provider = isMadeSecret(target) && target.generatedBy ? resource(target.generatedBy) : target;
    return provider && provider.id !== consumer.id ? [{ consumer, provider, what }] : [];
  });
}

/**
 * Of these the ones that an application applies the wrong way round: the consumer in an earlier step than
 * what it needs, which is then never reached.
 */
export function invertedNeeds(
  model: Pick<Model, 'relations' | 'applications'>,
  resource: (id: string) => Resource | undefined,
): HardNeed[] {
  const positions = positionsIn(model);
  return hardNeeds(model, resource).filter(
    ({ consumer, provider }) =>
      consumer.application !== null &&
      // What no sync applies waits for nothing and holds nothing up.
      consumer.phase !== null &&
      provider.phase !== null &&
      // Of two Argo CDs each may have an Application of that name.
      consumer.deployer === provider.deployer &&
      isBefore(consumer, provider, positions),
  );
}

/** The step in which each resource is applied, after what Argo CD moves while it sorts. */
function positionsIn({ applications }: Pick<Model, 'applications'>): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const { order } of applications)
    for (const [index, ids] of order.entries())
      for (const id of ids) if (!positions.has(id)) positions.set(id, index);
  return positions;
}

/** What no sync applies (a skipped hook, an object that its order leaves out) comes before nothing. */
function isBefore(consumer: Resource, provider: Resource, positions: ReadonlyMap<string, number>): boolean {
  const [first, second] = [positions.get(consumer.id), positions.get(provider.id)];
  return first !== undefined && second !== undefined && first < second;
}

function whatOf({ group, kind }: Resource): HardNeed['what'] | undefined {
  if (group === 'external-secrets.io') return 'store';
  return group === '' ? hard.get(kind) : undefined;
}

const hard: ReadonlyMap<string, HardNeed['what']> = new Map([
  ['Namespace', 'namespace'],
  ['Secret', 'start'],
  ['ConfigMap', 'start'],
  ['ServiceAccount', 'account'],
]);
const ofWorkloads = new Set(['Secret', 'ConfigMap', 'ServiceAccount']);
const workloads = new Set(['DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'Rollout', 'StatefulSet']);

export interface HardNeed {
  consumer: Resource;
  provider: Resource;
  what: 'namespace' | 'store' | 'account' | 'start';
}
