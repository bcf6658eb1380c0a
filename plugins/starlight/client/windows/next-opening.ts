/**
 * Whether a window is open, until when, and if not when it opens next; null where it does not within a year.
 * @param now milliseconds since 1970, as are the answers.
 */
export function nextOpening(times: WindowTimes, now: number): Opening | null {
  const { minutes, hours, zone, lasts } = times;
  const length = lasts * minute;
  const first = localOf(now - length, zone);
  const midnight = first - (first % day);
  let until: number | null = null;
  for (let ahead = 0; ahead <= Math.ceil(length / day) + yearLong; ahead++) {
    const date = midnight + ahead * day;
    if (!isOn(times, new Date(date))) continue;
    for (const start of hours.flatMap((hour) =>
      minutes.map((one) => instantOf(date + (hour * 60 + one) * minute, zone)),
    )) {
      if (start + length <= now) continue;
      if (start <= now) until = Math.max(until ?? 0, start + length);
      else return until === null ? { isOpen: false, at: start } : { isOpen: true, at: until };
    }
  }
  return until === null ? null : { isOpen: true, at: until };
}

/** Cron takes a day that fits either field where both are given. */
function isOn({ days, months, weekdays }: WindowTimes, date: Date): boolean {
  if (!months.includes(date.getUTCMonth() + 1)) return false;
  const [byDay, byWeekday] = [days?.includes(date.getUTCDate()), weekdays?.includes(date.getUTCDay())];
  return days !== null && weekdays !== null
    ? byDay === true || byWeekday === true
    : (byDay ?? byWeekday ?? true);
}

/** What a clock in a zone shows, as if it were UTC. */
function localOf(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
}

/** When a clock in a zone shows this; twice, as the zone may change its time in between. */
function instantOf(local: number, zone: string): number {
  const guess = local - (localOf(local, zone) - local);
  return guess + (local - localOf(guess, zone));
}

const minute = 60_000;
const day = 24 * 60 * minute;
const yearLong = 370;

export interface Opening {
  isOpen: boolean;
  /** Where it is open when it closes, else when it opens. */
  at: number;
}

/** What `windowTimes` of the model gives, as a script takes nothing from rooms that need Node. */
export interface WindowTimes {
  minutes: number[];
  hours: number[];
  days: number[] | null;
  months: number[];
  weekdays: number[] | null;
  zone: string;
  /** Minutes. */
  lasts: number;
}
