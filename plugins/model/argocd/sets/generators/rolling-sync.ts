/** `strategy` of an ApplicationSet. Source: `applicationset/progressivesync/progressive_sync.go`. */
import { isObject, type JsonObject, listAt, textAt } from '../../../../base/index.ts';

/** True where the strategy has steps: any other type, or none of them, syncs all at once. */
export function isRollingSync(strategy: JsonObject): boolean {
  return strategy.type === 'RollingSync' && listAt(strategy, 'rollingSync', 'steps').length > 0;
}

/** True of a rollout without a step: where progressive syncs are on, Argo CD does nothing for the set. */
export function lacksSteps(strategy: JsonObject): boolean {
  return strategy.type === 'RollingSync' && isObject(strategy.rollingSync) && !isRollingSync(strategy);
}

/** Deletion in the opposite order counts together with steps only. */
export function isDeletionReversed(strategy: JsonObject): boolean {
  return isRollingSync(strategy) && textAt(strategy, 'deletionOrder')?.toLowerCase() === 'reverse';
}

/**
 * Applications by the step that selects them, through the labels of the generated Application. One that
 * several steps select is synced by the first; one that none selects is never synced by the rollout.
 */
export function rollingSteps(strategy: JsonObject, applications: readonly Labelled[]): RollingStep[] | null {
  const type = textAt(strategy, 'type') ?? '';
  if (type === '' || type === 'AllAtOnce') return null;
  if (!isRollingSync(strategy)) return [];
  return listAt(strategy, 'rollingSync', 'steps').map((step) => {
    const expressions = listAt(step, 'matchExpressions').filter(isObject);
    const invalid = new Set<string>();
    const chosen = applications.filter(({ labels }) =>
      expressions.every((expression) => {
        const label = labels[textAt(expression, 'key') ?? ''];
        const listed = label !== undefined && listAt(expression, 'values').includes(label);
        const operator = textAt(expression, 'operator') ?? '';
        if (operator === 'In') return listed;
        if (operator === 'NotIn') return !listed;
        // An operator that Argo CD does not know is noticed only where the label exists.
        if (label !== undefined) invalid.add(operator);
        return label === undefined;
      }),
    );
    const maximum = isObject(step) ? step.maxUpdate : undefined;
    return {
      applications: chosen.map(({ name }) => name),
      maxUpdate: typeof maximum === 'number' || typeof maximum === 'string' ? maximum : null,
      invalidOperators: [...invalid],
    };
  });
}

export interface Labelled {
  name: string;
  labels: Record<string, string>;
}
export interface RollingStep {
  /** Names. */
  applications: string[];
  /** As written: a number or a percentage; null for all at once. */
  maxUpdate: number | string | null;
  /** Operators that are neither `In` nor `NotIn`, where a label made them count. */
  invalidOperators: string[];
}
