/**
 * `time` filters: from `start` on and before `stop`, by the clock of `timezone`; over midnight where `stop`
 * comes first. Source: filterTime, and Go's `time.Parse` with `15:04:05`.
 */
import { type JsonObject, textAt } from '../../../base/index.ts';
import { isTimeZone } from '../../argocd/sync/cron.ts';
import { certain, failed, type Outcome, unknownWhere } from './outcome.ts';

/** @param time as RFC 3339 has it; null where it is not known */
export function passesTime(filter: JsonObject, time: string | null): Outcome {
  const zone = textAt(filter, 'timezone') || 'UTC';
  if (!isTimeZone(zone)) return failed(`invalid timezone '${zone}'`);
  const [start, stop] = [clockOf(textAt(filter, 'start') ?? ''), clockOf(textAt(filter, 'stop') ?? '')];
  if (start === null || stop === null) return failed('start and stop are times such as 09:00:00');
  if (time === null) return unknownWhere('when it happens decides');
  const now = clockAt(new Date(time), zone);
  return certain(start < stop ? now >= start && now < stop : now >= start || now < stop);
}

/** Milliseconds since midnight; null for what is not `hh:mm:ss`. */
export function clockOf(text: string): number | null {
  const [, hours, minutes, seconds, part = ''] = /^(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?$/.exec(text) ?? [];
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (!(h <= 23 && m <= 59 && s <= 59)) return null;
  return ((h * 60 + m) * 60 + s) * 1000 + Number(`0.${part}0`) * 1000;
}

function clockAt(date: Date, zone: string): number {
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone === 'Local' ? 'UTC' : zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(date);
  return (clockOf(shown) ?? 0) + date.getUTCMilliseconds();
}
