/** When a project lets its applications be synced. Source: `SyncWindows` of the AppProject API. */
import { isObject, type JsonObject, listAt, textAt, textsAt } from '../../../base/index.ts';
import type { SyncWindow } from '../../types.ts';
import { gobwas } from '../projects/gobwas-glob.ts';
import { nextStart, parseDuration, parseSchedule } from './cron.ts';

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
  return null;
}

/** Whether a window is for an application. Its lists are globs; with `andOperator` every list that is not empty must fit. */
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

/**
 * Whether a window is open at `now` (milliseconds UTC), or null where its schedule or duration cannot be read.
 * The zone's offset is that of `today`, as Argo CD takes it, not that of the moment that is asked about.
 */
export function isWindowActive(window: WindowRules, now: number, today = now): boolean | null {
  const schedule = parseSchedule(window.schedule);
  const duration = parseDuration(window.duration);
  if (schedule === null || duration === null) return null;
  const local = now + zoneOffset(window.timeZone, today);
  const start = nextStart(schedule, local - duration);
  return start !== null && start < local;
}

/** Whether a sync may start, given which windows are open. An open `deny` decides first, then an open `allow`. */
export function canSync(windows: readonly OpenWindow[], manual: boolean): boolean {
  const denies = windows.filter(({ kind, active }) => kind === 'deny' && active);
  const byHand = (list: readonly OpenWindow[]): boolean =>
    manual && list.every(({ manualSync }) => manualSync);
  if (denies.length > 0) return byHand(denies);
  const allows = windows.filter(({ kind }) => kind === 'allow');
  if (allows.some(({ active }) => active)) return true;
  return allows.length === 0 || byHand(allows);
}

/** Milliseconds east of UTC; 0 for a zone that is not known. */
function zoneOffset(zone: string, at: number): number {
  if (zone === '' || zone === 'UTC') return 0;
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      timeZoneName: 'longOffset',
    }).formatToParts(at);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
    if (!match) return 0;
    const minutes = Number(match[2]) * 60 + Number(match[3]);
    return (match[1] === '-' ? -minutes : minutes) * 60_000;
  } catch {
    return 0;
  }
}

/** A window as its project declares it, before it is known which applications it holds for. */
export type WindowRules = Omit<SyncWindow, 'matches'>;
export interface WindowSubject {
  name: string;
  destination: { server?: string | null; name?: string | null; namespace?: string | null };
}
export interface OpenWindow {
  kind: string;
  active: boolean;
  manualSync: boolean;
}
