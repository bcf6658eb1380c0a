/** When a project lets its applications be synced. Source: `SyncWindows` of the AppProject API. */
import { isObject, type JsonObject, listAt, textAt, textsAt } from '../../../base/index.ts';
import type { SyncWindow } from '../../types.ts';
import { gobwas } from '../projects/gobwas-glob.ts';
import { parseDuration, parseSchedule } from './cron.ts';

export function syncWindowsOf(spec: JsonObject): WindowRules[] {
  return listAt(spec, 'syncWindows').filter(isObject).map(windowOf);
}

export function windowOf(window: JsonObject): WindowRules {
  const texts = (key: string) => textsAt(window, key);
  return {
    kind: textAt(window, 'kind') ?? '',
    schedule: textAt(window, 'schedule') ?? '',
    duration: textAt(window, 'duration') ?? '',
    timeZone: textAt(window, 'timeZone') ?? '',
    applications: texts('applications'),
    namespaces: texts('namespaces'),
    clusters: texts('clusters'),
    manualSync: window.manualSync === true,
    andOperator: window.andOperator === true,
    description: textAt(window, 'description') ?? '',
  };
}

/** Argo CD's error for a window that it refuses, or null. */
export function windowFault(window: WindowRules): { key: string; error: string } | null {
  if (window.kind !== 'allow' && window.kind !== 'deny')
    return { key: 'kind', error: `kind '${window.kind}' mismatch: can only be allow or deny` };
  if (parseSchedule(window.schedule) === null)
    return { key: 'schedule', error: `cannot parse schedule '${window.schedule}'` };
  if (parseDuration(window.duration) === null)
    return { key: 'duration', error: `cannot parse duration '${window.duration}'` };
  if (Buffer.byteLength(window.description) > 255)
    return { key: 'description', error: 'description must not exceed 255 characters' };
  return null;
}

/**
 * Whether a window is for an application. Its lists are globs; with `andOperator` every list that is not
 * empty must fit.
 */
export function windowMatches(window: WindowRules, application: WindowSubject): boolean {
  const { name, destination } = application;
  const fits = (list: readonly string[], ...values: (string | null | undefined)[]): boolean | null =>
    list.length === 0
      ? null
      : list.some((pattern) =>
          values.some((value) => value !== null && value !== undefined && gobwas(pattern)(value)),
        );
  const results = [
    fits(window.applications, name),
    fits(window.namespaces, destination.namespace ?? ''),
    fits(window.clusters, destination.server, destination.name),
  ].filter((result) => result !== null);
  if (results.length === 0) return false;
  return window.andOperator ? results.every(Boolean) : results.some(Boolean);
}

/** A window as its project declares it, before it is known which applications it holds for. */
export type WindowRules = Omit<SyncWindow, 'matches'>;
export interface WindowSubject {
  name: string;
  destination: { server?: string | null; name?: string | null; namespace?: string | null };
}
