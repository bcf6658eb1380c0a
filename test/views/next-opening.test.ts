import { describe, expect, test } from 'vitest';
import { windowTimes } from '../../plugins/model/index.ts';
import { nextOpening } from '../../plugins/starlight/client/windows/next-opening.ts';

describe('a sync window by the clock', () => {
  test.each([
    // A Sunday.
    ['0 22 * * 1', '1h', 'UTC', '2024-03-03T12:00Z', 'next 2024-03-04T22:00:00.000Z'],
    ['0 22 * * 1', '1h', 'UTC', '2024-03-04T22:30Z', 'now 2024-03-04T23:00:00.000Z'],
    ['0 22 * * 1', '1h', 'UTC', '2024-03-04T23:00Z', 'next 2024-03-11T22:00:00.000Z'],
    // It goes on after midnight, and for days.
    ['0 23 * * *', '4h', 'UTC', '2024-03-04T02:00Z', 'now 2024-03-04T03:00:00.000Z'],
    ['0 0 * * 6', '48h', 'UTC', '2024-03-03T23:00Z', 'now 2024-03-04T00:00:00.000Z'],
    // By the clock of its zone, on both sides of a change of time.
    ['0 8 * * *', '1h', 'Europe/Berlin', '2024-03-30T12:00Z', 'next 2024-03-31T06:00:00.000Z'],
    ['0 8 * * *', '1h', 'Europe/Berlin', '2024-10-26T12:00Z', 'next 2024-10-27T07:00:00.000Z'],
    ['0 8 * * *', '1h', 'Nowhere/Land', '2024-03-30T12:00Z', 'next 2024-03-31T08:00:00.000Z'],
    // The schedule's own goes first; one that there is none of makes it no schedule.
    [
      'CRON_TZ=Asia/Tokyo 0 8 * * *',
      '1h',
      'Europe/Berlin',
      '2024-03-30T12:00Z',
      'next 2024-03-30T23:00:00.000Z',
    ],
    ['TZ=UTC 0 8 * * *', '1h', 'Europe/Berlin', '2024-03-30T12:00Z', 'next 2024-03-31T08:00:00.000Z'],
    ['CRON_TZ=Nowhere/Land 0 8 * * *', '1h', 'UTC', '2024-03-30T12:00Z', 'not known'],
    // Either of both days.
    ['0 0 13 * 5', '1h', 'UTC', '2024-03-09T00:00Z', 'next 2024-03-13T00:00:00.000Z'],
    ['0 0 13 * 5', '1h', 'UTC', '2024-03-13T12:00Z', 'next 2024-03-15T00:00:00.000Z'],
    // Each begins before the last one ends.
    ['0 * * * *', '2h', 'UTC', '2024-03-03T12:30Z', 'now 2024-03-03T14:00:00.000Z'],
    ['0 0 30 2 *', '1h', 'UTC', '2024-03-03T12:30Z', 'never'],
    ['nonsense', '1h', 'UTC', '2024-03-03T12:30Z', 'not known'],
    ['0 0 * * *', 'nonsense', 'UTC', '2024-03-03T12:30Z', 'not known'],
  ])('%s for %s, %s, at %s: %s', (schedule, duration, timeZone, now, expected) => {
    const times = windowTimes({ schedule, duration, timeZone });
    const found = times && nextOpening(times, Date.parse(now));
    const told = found && `${found.isOpen ? 'now' : 'next'} ${new Date(found.at).toISOString()}`;
    expect(times === null ? 'not known' : (told ?? 'never')).toBe(expected);
  });
});
