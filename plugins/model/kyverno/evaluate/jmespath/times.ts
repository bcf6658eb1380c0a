/**
 * Kyverno's functions of time. Texts are read as RFC 3339 only: what another layout would read is not known,
 * as what hangs on the present. Source: kyverno `pkg/engine/jmespath/time.go`.
 */
import { parseDuration, printDuration } from '../../../../base/index.ts';
import { EvaluationError, NotKnown } from '../types.ts';
import type { Arguments, JmesFunction } from './arguments.ts';

const now: JmesFunction = {
  takes: [0, 0],
  run: (given) => {
    throw new NotKnown(`${given.name}() is another at each evaluation`);
  },
};

export const times: Record<string, JmesFunction> = {
  time_now: now,
  time_now_utc: now,
  time_since: {
    takes: [3, 3],
    run: (given) => {
      if (given.text(2) === '') throw new NotKnown('how long ago something is hangs on the present');
      const [start, end] = [moment(given, 1, given.text(0)), moment(given, 2, given.text(0))];
      return printDuration(end.nanoseconds - start.nanoseconds);
    },
  },
  time_diff: {
    takes: [2, 2],
    run: (given) => printDuration(moment(given, 1).nanoseconds - moment(given, 0).nanoseconds),
  },
  time_before: {
    takes: [2, 2],
    run: (given) => moment(given, 0).nanoseconds < moment(given, 1).nanoseconds,
  },
  time_after: {
    takes: [2, 2],
    run: (given) => moment(given, 0).nanoseconds > moment(given, 1).nanoseconds,
  },
  time_between: {
    takes: [3, 3],
    run: (given) => {
      const [one, start, end] = [0, 1, 2].map((index) => moment(given, index).nanoseconds);
      return one !== undefined && start !== undefined && end !== undefined && one > start && one < end;
    },
  },
  time_add: {
    takes: [2, 2],
    run: (given) => {
      const { nanoseconds, offset } = moment(given, 0);
      return printMoment(nanoseconds + duration(given, 1), offset);
    },
  },
  time_utc: { takes: [1, 1], run: (given) => printMoment(moment(given, 0).nanoseconds, 0) },
  time_truncate: {
    takes: [2, 2],
    run: (given) => {
      const { nanoseconds, offset } = moment(given, 0);
      const unit = duration(given, 1);
      if (unit <= 0n) return printMoment(nanoseconds, offset);
      // Go counts from the first year, which begins a whole number of seconds before 1970.
      const sinceFirst = nanoseconds + 62_135_596_800n * second;
      return printMoment(nanoseconds - (sinceFirst % unit), offset);
    },
  },
  time_parse: {
    takes: [2, 2],
    run: (given) => {
      const { nanoseconds, offset } = moment(given, 1, given.text(0));
      return printMoment(nanoseconds, offset);
    },
  },
  time_to_cron: {
    takes: [1, 1],
    run: (given) => {
      const { nanoseconds, offset } = moment(given, 0);
      const date = new Date(Number(nanoseconds / 1_000_000n) + offset * 60_000);
      return `${date.getUTCMinutes()} ${date.getUTCHours()} ${date.getUTCDate()} ${date.getUTCMonth() + 1} ${date.getUTCDay()}`;
    },
  },
};

const second = 1_000_000_000n;
const written = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|([+-])(\d\d):(\d\d))$/;

function moment(given: Arguments, index: number, layout = ''): Moment {
  if (layout !== '' && layout !== '2006-01-02T15:04:05Z07:00')
    throw new NotKnown(`the layout \`${layout}\` of ${given.name}() is not read`);
  const text = given.text(index);
  const [, clock = '', fraction = '', , sign = '', hours = '', minutes = ''] = written.exec(text) ?? [];
  const milliseconds = Date.parse(`${clock}Z`);
  if (clock === '' || Number.isNaN(milliseconds))
    throw new EvaluationError(`JMESPath function '${given.name}': cannot parse "${text}" as a time`);
  const offset = sign === '' ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const local = BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
  return { nanoseconds: local - BigInt(offset * 60) * second, offset };
}

function duration(given: Arguments, index: number): bigint {
  const found = parseDuration(given.text(index));
  if (found === null)
    throw new EvaluationError(`JMESPath function '${given.name}': "${given.text(index)}" is no duration`);
  return found;
}

function printMoment(nanoseconds: bigint, offset: number): string {
  const local = nanoseconds + BigInt(offset * 60) * second;
  const clock = new Date(Number(local / 1_000_000n)).toISOString().slice(0, 19);
  const two = (value: number): string => String(value).padStart(2, '0');
  const away = Math.abs(offset);
  const zone =
    offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
  return `${clock}${zone}`;
}

interface Moment {
  /** Since 1970, in UTC. */
  nanoseconds: bigint;
  /** Minutes east of UTC. */
  offset: number;
}
