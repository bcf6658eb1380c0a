import { isTimeZone, parseDuration, parseSchedule } from './cron.ts';

/**
 * When a sync window opens, as plain data for who has a clock; null where its schedule or duration is none,
 * or where its zone is that of the machine which Argo CD runs on.
 * The zone that a schedule names goes before the window's own (robfig/cron's `SpecSchedule.Next`); Argo CD
 * takes UTC for a zone that there is none of.
 */
export function windowTimes(window: {
  schedule: string;
  duration: string;
  timeZone: string;
}): WindowTimes | null {
  const schedule = parseSchedule(window.schedule);
  const lasts = parseDuration(window.duration);
  if (schedule === null || lasts === null || lasts <= 0) return null;
  const zone = schedule.zone ?? window.timeZone;
  if (zone === 'Local') return null;
  const { minutes, hours, days, months, weekdays } = schedule;
  return {
    minutes: [...minutes.values],
    hours: [...hours.values],
    days: days.star ? null : [...days.values],
    months: [...months.values],
    weekdays: weekdays.star ? null : [...weekdays.values],
    zone: zone !== '' && isTimeZone(zone) ? zone : 'UTC',
    lasts: lasts / 60_000,
  };
}

export interface WindowTimes {
  minutes: number[];
  hours: number[];
  /** Of the month; null for each. Where both are given, a day that fits either. */
  days: number[] | null;
  /** From 1. */
  months: number[];
  /** From 0, which is Sunday; null for each. */
  weekdays: number[] | null;
  /** IANA name. */
  zone: string;
  /** Minutes. */
  lasts: number;
}
