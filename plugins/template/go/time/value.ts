/** A moment as a value of a template: `time.Time` with the methods that take no clock. */

import { dayNames, monthNames } from '../../../base/index.ts';
import { UnknownValueError } from '../errors.ts';
import { type GoStruct, type GoValue, int, int64 } from '../values.ts';
import { formatMoment, momentText } from './format.ts';
import { clockOf, type Moment, utcZone } from './moment.ts';

export function timeValue(moment: Moment): GoStruct {
  const clock = clockOf(moment);
  const text = momentText(moment);
  const named = (type: string, name = ''): GoStruct => ({
    type,
    text: name,
    fields: new Map([['String', name]]),
  });
  const value: GoStruct = {
    type: 'time.Time',
    text,
    json: formatMoment(moment, '2006-01-02T15:04:05.999999999Z07:00'),
    fields: new Map<string, GoValue>([
      ['Year', int(clock.year)],
      ['Month', named('time.Month', monthNames[clock.month - 1])],
      ['Day', int(clock.day)],
      ['Hour', int(clock.hour)],
      ['Minute', int(clock.minute)],
      ['Second', int(clock.second)],
      ['Nanosecond', int(clock.nanosecond)],
      ['YearDay', int(clock.yearDay)],
      ['Weekday', named('time.Weekday', dayNames[clock.weekday])],
      ['Unix', int64(moment.seconds)],
      ['String', text],
    ]),
    method: (name, args) => {
      const [layout] = args;
      if (name === 'Format' && args.length === 1 && typeof layout === 'string')
        return formatMoment(moment, layout);
      if (name === 'UTC' && args.length === 0) return timeValue({ ...moment, zone: utcZone });
      if (methods.has(name))
        throw new UnknownValueError(`the template calls \`${name}\` of a time, which is not evaluated`);
      return undefined;
    },
  };
  moments.set(value, moment);
  return value;
}

/** The moment that a value holds; undefined where it is no time. */
export const momentIn = (value: GoValue): Moment | undefined =>
  typeof value === 'object' && value !== null ? moments.get(value) : undefined;

const moments = new WeakMap<object, Moment>();
// biome-ignore format: one list, read as one.
const methods = new Set([
  'Add', 'AddDate', 'After', 'AppendFormat', 'Before', 'Clock', 'Compare', 'Date', 'Equal', 'Format', 'GoString', 'GobEncode', 'ISOWeek',
  'In', 'IsDST', 'IsZero', 'Local', 'Location', 'MarshalBinary', 'MarshalJSON', 'MarshalText', 'Round', 'Sub', 'Truncate', 'UTC',
  'UnixMicro', 'UnixMilli', 'UnixNano', 'Zone', 'ZoneBounds',
]);
