/**
 * When a sync window is open, as a person says it. No clock is asked: the same manifest gives the same words
 * for ever.
 */
import { monthNames } from '../../../base/index.ts';
import { type Field, isTimeZone, parseDuration, parseSchedule, type Schedule } from './cron.ts';

/**
 * `Mondays 22:00 for 1 h, UTC`. The schedule stands as it is written where it is none or words for it would
 * be longer or less exact (`every minute of the hour`, days of the month *or* of the week); the duration
 * where it is none.
 */
export function windowWords(window: { schedule: string; duration: string; timeZone: string }): string {
  const schedule = parseSchedule(window.schedule);
  const starts = (schedule && startWords(schedule)) ?? window.schedule;
  const duration = parseDuration(window.duration);
  const lasts = (duration === null ? null : durationWords(duration)) ?? window.duration;
  // Argo CD takes UTC for an unknown time zone.
  const zone = window.timeZone === '' || !isTimeZone(window.timeZone) ? 'UTC' : window.timeZone;
  return `${starts} for ${lasts}, ${zone}`;
}

function startWords({ minutes, hours, days, months, weekdays, zone }: Schedule): string | null {
  const [minute, ...moreMinutes] = minutes.values;
  if (zone !== null || minute === undefined || moreMinutes.length > 0) return null;
  const times = timeWords(minute, hours);
  const day = dayWords(days, weekdays);
  const month =
    months.values.size === 12 ? '' : listOf([...months.values].map((one) => monthNames[one - 1] ?? ''));
  if (times === null || day === null || month === null) return null;
  const hourly = day === 'daily' && hours.values.size === 24;
  return [...(hourly ? [] : [day]), ...(month === '' ? [] : [`in ${month}`]), times].join(' ');
}

function timeWords(minute: number, hours: Field): string | null {
  const past = String(minute).padStart(2, '0');
  if (hours.values.size === 24) return `hourly at :${past}`;
  return listOf([...hours.values].map((hour) => `${String(hour).padStart(2, '0')}:${past}`));
}

/** Cron takes a day that fits either field where both are given. */
function dayWords(days: Field, weekdays: Field): string | null {
  const everyDay = days.values.size === 31;
  const everyWeekday = weekdays.values.size === 7;
  if (everyDay && everyWeekday) return 'daily';
  if (!days.star && !weekdays.star) return null;
  if (everyDay) return weekdayWords(weekdays);
  const dates = listOf([...days.values].map(ordinal));
  return dates === null ? null : `on the ${dates}`;
}

function weekdayWords({ values }: Field): string | null {
  const fromMonday = [...values].map((day) => (day + 6) % 7).sort((a, b) => a - b);
  const names = fromMonday.map((day) => weekdayNames[day] ?? '');
  const [first, last] = [fromMonday[0] ?? 0, fromMonday.at(-1) ?? 0];
  const isRun = last - first === fromMonday.length - 1;
  return isRun && names.length > 2 ? `${names[0]} to ${names.at(-1)}` : listOf(names, 6);
}

/** `1 h 30 min`; null where it is not longer than nothing, or of parts of a second. */
function durationWords(milliseconds: number): string | null {
  if (milliseconds <= 0 || milliseconds % 1000 !== 0) return null;
  const seconds = milliseconds / 1000;
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** `a, b and c`; null where they are more than a sentence bears. */
function listOf(names: readonly string[], most = 4): string | null {
  if (names.length > most) return null;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function ordinal(number: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd' }[plurals.select(number) as 'one' | 'two' | 'few'] ?? 'th';
  return `${number}${ending}`;
}

const plurals = new Intl.PluralRules('en', { type: 'ordinal' });
const weekdayNames = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];
