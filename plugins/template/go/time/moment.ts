/** A moment in a time zone, as `time.Time` has it. */

/** The moment of a date and a time of day, both as a clock in a zone shows them. */
export function momentOf(fields: ClockFields, zone: Zone): Moment {
  const milliseconds = utc(fields.year, fields.month - 1, fields.day);
  const seconds = milliseconds / 1000 + fields.hour * 3600 + fields.minute * 60 + fields.second - zone.offset;
  return { seconds, nanoseconds: fields.nanosecond, zone };
}

/** What a clock in the moment's zone shows. */
export function clockOf({
  seconds,
  nanoseconds,
  zone,
}: Moment): ClockFields & { weekday: number; yearDay: number } {
  const date = new Date((seconds + zone.offset) * 1000);
  const year = date.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: nanoseconds,
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - utc(year, 0, 1)) / 86_400_000) + 1,
  };
}

export function daysIn(year: number, month: number): number {
  return new Date(utc(year, month, 0)).getUTCDate();
}

/** The same moment in a zone of the tz database; UTC where there is none of that name, as sprig does. */
export function inZone(moment: Moment, name: string): Moment {
  // Argo CD's containers run in UTC.
  if (name === '' || name === 'UTC' || name === 'Local') return { ...moment, zone: utcZone };
  let text: string;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    const parts = format.formatToParts(new Date(moment.seconds * 1000));
    text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  } catch {
    return { ...moment, zone: utcZone };
  }
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return { ...moment, zone: { name: undefined, offset: sign === '-' ? -offset : offset } };
}

/** `Date.UTC` takes the years before 100 for those of the last century. */
function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getTime();
}

export const utcZone: Zone = { name: 'UTC', offset: 0 };

export interface Zone {
  /** `CET`; empty where only the offset was given, undefined where it is not known how the zone is called. */
  name: string | undefined;
  /** Seconds east of Greenwich. */
  offset: number;
}
export interface Moment {
  /** Since 1970, UTC. */
  seconds: number;
  nanoseconds: number;
  zone: Zone;
}
export interface ClockFields {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
}
