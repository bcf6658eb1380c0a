/**
 * What becomes of objects that leave Git: which stay, and in which order the rest goes. Source: gitops-engine
 * `pkg/sync/sync_context.go` getSyncTasks (waves of prune tasks are swapped, PruneLast goes after the last
 * one), `shouldPruneResource`.
 */
import { compareText } from '../../../base/index.ts';
import type { ApplicationPruning, Resource, SyncPolicy } from '../../types.ts';
import { optionRetentionOf, retentionOf } from './deletion.ts';
import { hookOf, waveOf } from './hooks.ts';
import { optionsAnnotation, optionValue } from './sync-options.ts';

export function pruningOf(
  resources: readonly Resource[],
  { automated, prune, options }: Pick<SyncPolicy, 'automated' | 'prune' | 'options'>,
): ApplicationPruning {
  // Hooks are removed by their own policies, never pruned.
  const tracked = resources.filter(({ annotations }) => {
    const { phases, isHook } = hookOf(annotations);
    return phases.length > 0 && !isHook;
  });
  const ofAll = optionRetentionOf(options).find(({ when }) => when === 'pruned')?.effect;
  const effectOn = (one: Resource) => {
    const own = retentionOf(one).find(({ when }) => when === 'pruned')?.effect;
    return own ?? (optionValue(one.annotations[optionsAnnotation], 'Prune') === null ? ofAll : undefined);
  };
  const effects = tracked.map((one) => ({ one, effect: effectOn(one) }));
  const ids = (list: typeof effects): string[] => list.map(({ one }) => one.id).sort(compareText);
  const going = effects.filter(({ effect }) => effect !== 'stays');
  const isLast = (one: Resource): boolean =>
    options.includes('PruneLast=true') ||
    optionValue(one.annotations[optionsAnnotation], 'PruneLast') === 'true';
  const inWaves = going.filter(({ one }) => !isLast(one));
  return {
    automated: automated && prune,
    waves: [...new Set(inWaves.map(({ one }) => waveOf(one.annotations) ?? 0))].sort((a, b) => b - a),
    last: ids(going.filter(({ one }) => isLast(one))),
    confirm: ids(going.filter(({ effect }) => effect === 'waits')),
    stays: ids(effects.filter(({ effect }) => effect === 'stays')),
  };
}
