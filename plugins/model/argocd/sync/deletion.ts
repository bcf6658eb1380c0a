/**
 * What stays when it leaves Git or its application is deleted, and in which order the rest goes. Source:
 * gitops-engine `pkg/sync` (prune), Argo CD `controller/appcontroller.go` finalizeApplicationDeletion,
 * shouldBeDeleted, FilterObjectsForDeletion.
 */
import { byName, compareText, textsAt } from '../../../base/index.ts';
import type { ApplicationDeletion, Resource } from '../../types.ts';
import { csv, hookOf, waveOf } from './hooks.ts';
import { optionsAnnotation, optionValue } from './sync-options.ts';

/**
 * What keeps an object by its own annotations and kind; options of its application count for all of its
 * objects and are no part of this.
 */
export function retentionOf(object: RetainedObject): Retention[] {
  const found: Retention[] = [];
  for (const [option, when] of retaining) {
    const value = optionValue(object.annotations[optionsAnnotation], option);
    const effect = value === null ? undefined : outcomes[value];
    if (effect) found.push({ when, effect, because: `${option}=${value}`, annotation: optionsAnnotation });
  }
  if (csv(object.annotations[helmPolicy]).includes('keep'))
    found.push({ when: 'deleted', effect: 'stays', because: `${helmPolicy}: keep`, annotation: helmPolicy });
  if (isDefinition(object))
    found.push({ when: 'deleted', effect: 'stays', because: object.kind, annotation: null });
  return found;
}

/** The same for the options of an application, which hold for each of its objects that says nothing else. */
export function optionRetentionOf(options: readonly string[]): Omit<Retention, 'annotation'>[] {
  return retaining.flatMap(([option, when]) => {
    const written = options.find((one) => one.startsWith(`${option}=`));
    const effect = written === undefined ? undefined : outcomes[written.slice(option.length + 1)];
    return written !== undefined && effect ? [{ when, effect, because: written }] : [];
  });
}

/**
 * Waves alone decide, the highest first, and a wave waits until all of the one before are gone; phases and
 * kinds do not count. Hooks that are removed when they succeed are no longer there.
 */
export function deletionOf(
  application: Resource,
  resources: readonly Resource[],
  options: readonly string[],
): ApplicationDeletion {
  const ids = (list: readonly Resource[]): string[] => list.map(({ id }) => id).sort(compareText);
  const hooks = (type: string) => resources.filter((one) => hookOf(one.annotations).deletion.includes(type));
  const live = resources.filter((one) => {
    const { phases, isHook, deletePolicies } = hookOf(one.annotations);
    return phases.length > 0 && !(isHook && deletePolicies.includes('HookSucceeded'));
  });
  const outcomeOf = (one: Resource) => outcomeOnDeletion(one, options);
  const going = live.filter((one) => one.id !== application.id && outcomeOf(one) !== 'stays');
  const waves = [...Map.groupBy(going, (one) => waveOf(one.annotations) ?? 0)].sort(([a], [b]) => b - a);
  const cascade = cascadeOf(application);
  if (cascade === null) return { cascade, steps: [], confirm: [], stays: ids(live) };
  const [before, after] = [hooks('PreDelete'), hooks('PostDelete')];
  return {
    cascade,
    steps: [
      ...(before.length > 0 ? [{ hook: 'PreDelete' as const, wave: null, ids: ids(before) }] : []),
      ...waves.map(([wave, list]) => ({ hook: null, wave, ids: ids(list) })),
      ...(after.length > 0 ? [{ hook: 'PostDelete' as const, wave: null, ids: ids(after) }] : []),
    ],
    confirm: ids(going.filter((one) => outcomeOf(one) === 'waits')),
    stays: ids(live.filter((one) => outcomeOf(one) === 'stays')),
  };
}

/**
 * How the finalizer of an application deletes what it deploys; null where it has none, and everything stays.
 */
function cascadeOf({ rendered }: Resource): ApplicationDeletion['cascade'] {
  const finalizers = textsAt(rendered, 'metadata', 'finalizers');
  if (finalizers.includes(`${resourcesFinalizer}/background`)) return 'background';
  return finalizers.some((one) => one === resourcesFinalizer || one === `${resourcesFinalizer}/foreground`)
    ? 'foreground'
    : null;
}

/** The object's own word wins over the application's. */
function outcomeOnDeletion(object: RetainedObject, options: readonly string[]): Retention['effect'] | null {
  const own = retentionOf(object).filter(({ when }) => when === 'deleted');
  if (own.some(({ effect }) => effect === 'stays')) return 'stays';
  if (optionValue(object.annotations[optionsAnnotation], 'Delete') !== null) return own[0]?.effect ?? null;
  return optionRetentionOf(options).find(({ when }) => when === 'deleted')?.effect ?? null;
}

function isDefinition({ group, kind }: RetainedObject): boolean {
  return group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition';
}

export const resourcesFinalizer = 'resources-finalizer.argocd.argoproj.io';
const helmPolicy = 'helm.sh/resource-policy';
const retaining = [
  ['Prune', 'pruned'],
  ['Delete', 'deleted'],
] as const;
const outcomes: Record<string, Retention['effect']> = byName({ false: 'stays', confirm: 'waits' });

type RetainedObject = Pick<Resource, 'group' | 'kind' | 'annotations'>;

export interface Retention {
  /** `pruned`: the object leaves Git; `deleted`: its application is deleted. */
  when: 'pruned' | 'deleted';
  /** `waits`: until somebody confirms it. */
  effect: 'stays' | 'waits';
  /** What says so: an option, an annotation, or the kind. */
  because: string;
  /** Name of the annotation; null where the kind alone decides. */
  annotation: string | null;
}
