/**
 * Phase and wave of one object, from its annotations.
 * Source: gitops-engine `pkg/sync/hook`, `pkg/sync/syncwaves`.
 */
import { byName, oncePer } from '../../../base/index.ts';
import type { Phase } from '../../types.ts';

export const waveAnnotation = 'argocd.argoproj.io/sync-wave';
const hookAnnotation = 'argocd.argoproj.io/hook';
export const helmWeightAnnotation = 'helm.sh/hook-weight';
const helmHookAnnotation = 'helm.sh/hook';
const phases: Phase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];
const hookTypes = [...phases, 'Skip'];
const deletePolicies = ['HookSucceeded', 'HookFailed', 'BeforeHookCreation'];
const helmTypes: Record<string, string> = byName({
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
});
const helmPolicies: Record<string, string> = byName({
  'hook-succeeded': 'HookSucceeded',
  'hook-failed': 'HookFailed',
  'before-hook-creation': 'BeforeHookCreation',
});

/** The wave, or null where no annotation sets one that Go's `Atoi` accepts (Argo CD then takes 0). */
export function waveOf(annotations: Annotations): number | null {
  return atoi(annotations[waveAnnotation]) ?? atoi(annotations[helmWeightAnnotation]);
}

/** Go's `strconv.Atoi`: a sign and decimal digits, nothing else. */
export function atoi(text: unknown): number | null {
  if (typeof text !== 'string' || !/^[+-]?[0-9]+$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number + 0 : null;
}

/** Entries of a comma-separated annotation: trimmed, without empty and repeated ones. */
export function csv(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  return [...new Set(text.split(',').map((entry) => entry.trim()))].filter((entry) => entry !== '');
}

/** What part an object plays in a sync. */
export const hookOf = oncePer((annotations: Annotations): Hook => {
  const own = csv(annotations[hookAnnotation]);
  const helm = csv(annotations[helmHookAnnotation]);
  const crd = helm.includes('crd-install');
  const isHook = own.length > 0 ? !(own.length === 1 && own[0] === 'Skip') : helm.length > 0 && !crd;
  let types = own.filter((type) => hookTypes.includes(type));
  if (types.length === 0) types = unique(helm.map((type) => helmTypes[type] ?? ''));
  const skip = types.length === 1 && types[0] === 'Skip';
  const hookPhases = isHook ? phases.filter((phase) => types.includes(phase)) : [];
  return {
    isHook,
    skip,
    types,
    phases: isHook ? hookPhases : skip ? [] : ['Sync'],
    ignore: isHook && types.length === 0,
    deletePolicies: deletePoliciesOf(annotations),
    deletion: deletionTypes(own, helm),
  };
});

function deletionTypes(own: string[], helm: string[]): string[] {
  const types = own.filter((type) => type === 'PreDelete' || type === 'PostDelete');
  if (helm.includes('pre-delete')) types.push('PreDelete');
  if (helm.includes('post-delete')) types.push('PostDelete');
  return unique(types);
}

function deletePoliciesOf(annotations: Annotations): string[] {
  const own = csv(annotations['argocd.argoproj.io/hook-delete-policy']).filter((policy) =>
    deletePolicies.includes(policy),
  );
  const helm = csv(annotations['helm.sh/hook-delete-policy']).map((policy) => helmPolicies[policy] ?? '');
  const all = unique([...own, ...helm]);
  return all.length > 0 ? all : ['BeforeHookCreation'];
}

function unique(list: string[]): string[] {
  return list.length === 0 ? list : [...new Set(list)].filter((entry) => entry !== '');
}

export type Annotations = Record<string, unknown>;
export interface Hook {
  isHook: boolean;
  /** `Skip` alone: never applied. */
  skip: boolean;
  types: string[];
  /** Phases in which the object is applied; of an ordinary resource `Sync`. */
  phases: Phase[];
  /** A hook annotation with unknown values only: the object is left out of the sync without a word. */
  ignore: boolean;
  deletePolicies: string[];
  /** `PreDelete`, `PostDelete`: runs when the Application is deleted, never in a sync. */
  deletion: string[];
}
