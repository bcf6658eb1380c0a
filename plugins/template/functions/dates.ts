/**
 * sprig's dates, as far as they need no clock. Where a zone is left to the machine it is UTC, as in Argo CD's
 * containers.
 */
import { UnknownValueError } from '../go/errors.ts';
import { type FunctionTable, fn } from '../go/functions.ts';
import { parseDuration } from '../go/time/durations.ts';
import { formatMoment } from '../go/time/format.ts';
import { inZone, type Moment, utcZone } from '../go/time/moment.ts';
import { parseMoment } from '../go/time/parse.ts';
import { momentIn, timeValue } from '../go/time/value.ts';
import { type GoStruct, type GoValue, isInt } from '../go/values.ts';
import { toInt64 } from './convert.ts';

const dateInZone = fn(['string', 'any', 'string'], (layout, value, zone) =>
  formatMoment(inZone(momentFrom(value, 'dateInZone'), zone), layout),
);
const dateModify = fn(['string', 'time'], (text, time) => {
  try {
    return moved(time, text);
  } catch {
    return time;
  }
});
const mustDateModify = fn(['string', 'time'], (text, time) => moved(time, text));

export const dates: FunctionTable = {
  date: fn(['string', 'any'], (layout, value) =>
    formatMoment(inZone(momentFrom(value, 'date'), 'Local'), layout),
  ),
  dateInZone,
  date_in_zone: dateInZone,
  htmlDate: fn(['any'], (value) =>
    formatMoment(inZone(momentFrom(value, 'htmlDate'), 'Local'), '2006-01-02'),
  ),
  htmlDateInZone: fn(['any', 'string'], (value, zone) =>
    formatMoment(inZone(momentFrom(value, 'htmlDateInZone'), zone), '2006-01-02'),
  ),
  dateModify,
  date_modify: dateModify,
  mustDateModify,
  must_date_modify: mustDateModify,
  toDate: fn(['string', 'string'], (layout, text) => {
    try {
      return timeValue(parseMoment(layout, text));
    } catch {
      return timeValue(zero);
    }
  }),
  mustToDate: fn(['string', 'string'], (layout, text) => timeValue(parseMoment(layout, text))),
  unixEpoch: fn(['time'], (time) => String(momentIn(time)?.seconds ?? 0)),
  /** Seconds as Go writes a duration: `95` → `1m35s`. */
  duration: fn(['any'], (value) => {
    // Only a text or an `int64` counts, an `int` does not.
    const counts =
      typeof value === 'string' ? /^[+-]?\d+$/.test(value) : isInt(value) && value.type === 'int64';
    const total = counts ? toInt64(value) : 0n;
    const seconds = total < 0n ? -total : total;
    const [hours, minutes] = [seconds / 3600n, (seconds / 60n) % 60n];
    const text = `${hours > 0n ? `${hours}h` : ''}${hours > 0n || minutes > 0n ? `${minutes}m` : ''}${seconds % 60n}s`;
    return total < 0n ? `-${text}` : text;
  }),
  /** The largest unit of a duration: `2h10m5s` → `2h`. */
  durationRound: fn(['any'], (value) => {
    if (momentIn(value)) throw clock('durationRound');
    const nanoseconds = nanosecondsOf(value);
    const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
    const unit = roundUnits.find(([, seconds]) => size > BigInt(seconds) * 1_000_000_000n);
    return unit === undefined ? '0s' : `${size / (BigInt(unit[1]) * 1_000_000_000n)}${unit[0]}`;
  }),
};

function nanosecondsOf(value: GoValue): bigint {
  if (isInt(value)) return value.type === 'int64' ? value.int : 0n;
  if (typeof value !== 'string') return 0n;
  try {
    return parseDuration(value);
  } catch {
    return 0n;
  }
}

/** Anything that is neither a time nor a number of seconds is now, which nobody knows here. */
function momentFrom(value: GoValue, name: string): Moment {
  const moment = momentIn(value);
  if (moment) return moment;
  if (isInt(value) && value.type !== 'uint64')
    return { seconds: Number(value.int), nanoseconds: 0, zone: utcZone };
  throw clock(name);
}

function moved(time: GoStruct, text: string): GoStruct {
  const moment = momentIn(time) ?? zero;
  const total = BigInt(moment.seconds) * 1_000_000_000n + BigInt(moment.nanoseconds) + parseDuration(text);
  const nanoseconds = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return timeValue({
    ...moment,
    seconds: Number((total - nanoseconds) / 1_000_000_000n),
    nanoseconds: Number(nanoseconds),
  });
}

function clock(name: string): UnknownValueError {
  return new UnknownValueError(
    `the template uses \`${name}\` of the present time, which depends on the clock and is not evaluated`,
  );
}

/** The first of January of the year 1. */
const zero: Moment = { seconds: -62_135_596_800, nanoseconds: 0, zone: utcZone };
const roundUnits: [string, number][] = [
  ['y', 365 * 86_400],
  ['mo', 30 * 86_400],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];
