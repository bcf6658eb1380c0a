import { compareText, objectAt, textAt, whileSame } from '../../../base/index.ts';
import { identityOf } from '../../identity.ts';
import type { Application, Resource } from '../../types.ts';
import { deletionOf } from './deletion.ts';
import { hookOf, waveOf } from './hooks.ts';
import { sortTasks, steps, type Task } from './order.ts';
import { pruningOf } from './pruning.ts';
import { createsNamespace, replaces } from './sync-options.ts';

/**
 * What a sync of an application does with what it deploys. Kept while the application, its resources and the
 * parts of its sync policy that count here are the same.
 */
export function syncOf(
  application: Resource,
  resources: readonly Resource[],
  namespace: string | null,
  syncPolicy: Application['syncPolicy'],
): Synced {
  const { automated, prune, options } = syncPolicy;
  return knownSyncs(application, [namespace, automated, prune, ...options, ...resources], () => ({
    createsNamespace: createsNamespace(options, namespace, resources),
    replaces: resources
      .filter((one) => replaces(one, options))
      .map(({ id }) => id)
      .sort(compareText),
    ...orderOf(resources, namespace),
    deletion: deletionOf(application, resources, options),
    pruning: pruningOf(resources, syncPolicy),
  }));
}

const knownSyncs = whileSame<Resource, Synced>();

/**
 * A list for each phase and wave. A hook of several phases stands in several; what no sync applies stands in
 * none.
 */
function orderOf(
  resources: readonly Resource[],
  destination: string | null,
): Pick<Application, 'order' | 'stages'> {
  const tasks = resources.flatMap((resource): (Task & { id: string })[] => {
    const spec = objectAt(resource.rendered, 'spec');
    return hookOf(resource.annotations).phases.map((phase) => ({
      id: resource.id,
      phase,
      wave: waveOf(resource.annotations) ?? 0,
      group: resource.group,
      kind: resource.kind,
      name: resource.name,
      // Argo CD sets the destination's namespace on cluster-scoped objects as well while it sorts.
      namespace: resource.namespace ?? identityOf(resource.rendered).namespace ?? destination,
      defines:
        resource.kind === 'CustomResourceDefinition'
          ? { group: textAt(spec, 'group') ?? '', kind: textAt(spec, 'names', 'kind') ?? '' }
          : null,
    }));
  });
  // Ties are left open by Argo CD; ids make them the same every time.
  tasks.sort((a, b) => compareText(a.id, b.id));
  const sorted = steps(sortTasks(tasks));
  return {
    order: sorted.map((step) => step.map(({ id }) => id)),
    stages: sorted.flatMap(([first]) => (first ? [{ phase: first.phase, wave: first.wave }] : [])),
  };
}

type Synced = Pick<
  Application,
  'createsNamespace' | 'replaces' | 'order' | 'stages' | 'deletion' | 'pruning'
>;
