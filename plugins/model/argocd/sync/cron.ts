import { byName } from '../../../base/index.ts';

/**
 * Schedules and durations of sync windows. Source: robfig/cron v3 with five fields, Go's
 * `time.ParseDuration`.
 */

/**
 * Null where it is no schedule that Argo CD takes: five fields, with a zone that exists before them or
 * without; no `@daily` and its likes, and Sunday is 0 alone.
 */
export function parseSchedule(text: string): Schedule | null {
  const [, zone = null, body = ''] = /^(?:(?:CRON_TZ|TZ)=(\S+)\s+)?([\s\S]*)$/.exec(text.trim()) ?? [];
  const fields = body.trim().split(/\s+/);
  if (fields.length !== 5 || (zone !== null && !isTimeZone(zone))) return null;
  const [minutes, hours, days, months, weekdays] = fields.map((field, index) => {
    const range = ranges[index];
    return range ? parseField(field, range) : null;
  });
  if (!minutes || !hours || !days || !months || !weekdays) return null;
  return { minutes, hours, days, months, weekdays, zone };
}

/** A name of the tz database, or of the machine's own zone. */
export function isTimeZone(name: string): boolean {
  if (name === '' || name === 'Local') return true;
  try {
    // Offsets such as `+01:00` are no names to Go.
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** A duration as Go writes it (`1h30m`, `2.5h`, `0`), in milliseconds; null where it is none. */
export function parseDuration(text: string): number | null {
  const match = /^([-+]?)(.+)$/.exec(text);
  const body = match?.[2] ?? '';
  if (body === '0') return 0;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(body)) return null;
  let total = 0;
  for (const [, amount = '', unit = ''] of body.matchAll(/([\d.]+)([a-zµμ]+)/g))
    total += Number(amount) * (units[unit] ?? 0);
  return match?.[1] === '-' ? -total : total;
}

function parseField(text: string, range: Range): Field | null {
  const values = new Set<number>();
  let star = false;
  for (const part of text.split(',')) {
    const [span = '', stepText, ...rest] = part.split('/');
    const [lowText = '', highText, ...more] = span.split('-');
    if (rest.length > 0 || more.length > 0) return null;
    const isAny = lowText === '*' || lowText === '?';
    const step = stepText === undefined ? 1 : natural(stepText);
    const low = isAny ? range.min : numberOf(lowText, range);
    const high =
      !isAny && highText !== undefined
        ? numberOf(highText, range)
        : isAny || stepText !== undefined
          ? range.max
          : low;
    if (step === null || step === 0 || low === null || high === null) return null;
    if (low < range.min || high > range.max || low > high) return null;
    star ||= isAny && step === 1;
    for (let value = low; value <= high; value += step) values.add(value);
  }
  return { values: new Set([...values].sort((a, b) => a - b)), star };
}

function numberOf(text: string, range: Range): number | null {
  const named = range.names?.indexOf(text.toLowerCase()) ?? -1;
  return named >= 0 ? named + range.min : natural(text);
}

function natural(text: string): number | null {
  return /^\+?\d{1,6}$/.test(text) ? Number(text) : null;
}

const minute = 60_000;
const units: Record<string, number> = byName({
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: minute,
  h: 60 * minute,
});
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const ranges: Range[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: monthNames },
  { min: 0, max: 6, names: weekdayNames },
];

interface Range {
  min: number;
  max: number;
  names?: string[];
}
export interface Field {
  /** Ascending. */
  values: Set<number>;
  star: boolean;
}
export interface Schedule extends Record<'minutes' | 'hours' | 'days' | 'months' | 'weekdays', Field> {
  /** Named in the schedule itself; null where it is not. */
  zone: string | null;
}
