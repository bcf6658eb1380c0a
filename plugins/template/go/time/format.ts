/** A moment by a layout. Source: package time (`format.go`). */

import { dayNames, monthNames } from '../../../base/index.ts';
import { UnknownValueError } from '../errors.ts';
import { layoutOf } from './layout.ts';
import { clockOf, type Moment, type Zone } from './moment.ts';

export function formatMoment(moment: Moment, layout: string): string {
  const clock = clockOf(moment);
  const write = (element: string): string => {
    const two = (value: number, filler = '0'): string => String(value).padStart(2, filler);
    switch (element) {
      case '':
        return '';
      case '2006':
        return clock.year < 0
          ? `-${String(-clock.year).padStart(4, '0')}`
          : String(clock.year).padStart(4, '0');
      case '06':
        return two(Math.max(clock.year, 0) % 100);
      case 'January':
        return monthNames[clock.month - 1] ?? '';
      case 'Jan':
        return (monthNames[clock.month - 1] ?? '').slice(0, 3);
      case '1':
        return String(clock.month);
      case '01':
        return two(clock.month);
      case 'Monday':
        return dayNames[clock.weekday] ?? '';
      case 'Mon':
        return (dayNames[clock.weekday] ?? '').slice(0, 3);
      case '2':
        return String(clock.day);
      case '_2':
        return two(clock.day, ' ');
      case '02':
        return two(clock.day);
      case '__2':
        return String(clock.yearDay).padStart(3, ' ');
      case '002':
        return String(clock.yearDay).padStart(3, '0');
      case '15':
        return two(clock.hour);
      case '3':
        return String(clock.hour % 12 || 12);
      case '03':
        return two(clock.hour % 12 || 12);
      case '4':
        return String(clock.minute);
      case '04':
        return two(clock.minute);
      case '5':
        return String(clock.second);
      case '05':
        return two(clock.second);
      case 'PM':
        return clock.hour >= 12 ? 'PM' : 'AM';
      case 'pm':
        return clock.hour >= 12 ? 'pm' : 'am';
      case 'MST':
        return zoneName(moment.zone);
      default:
        return /^[.,]/.test(element) ? fraction(element, clock.nanosecond) : offset(element, moment.zone);
    }
  };
  return layoutOf(layout)
    .map(({ literal, element }) => literal + write(element))
    .join('');
}

/** `time.Time.String`. */
export function momentText(moment: Moment): string {
  return formatMoment(moment, '2006-01-02 15:04:05.999999999 -0700 MST');
}

/** Zeros stand for as many digits, nines for what is left without zeros at the end. */
function fraction(element: string, nanosecond: number): string {
  const mark = element.charAt(0);
  const digits = String(nanosecond)
    .padStart(9, '0')
    .slice(0, element.length - 1)
    .padEnd(element.length - 1, '0');
  if (element.charAt(1) === '0') return mark + digits;
  const short = digits.replace(/0+$/, '');
  return short === '' ? '' : mark + short;
}

/** `-0700`, `-07:00`, `-07`, with seconds too; `Z` instead of a zero where the layout has one. */
function offset(element: string, { offset: seconds }: Zone): string {
  if (element.startsWith('Z') && seconds === 0) return 'Z';
  const colon = element.includes(':') ? ':' : '';
  const total = Math.abs(seconds);
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const count = element.slice(1).replaceAll(':', '').length / 2;
  const shown = parts.slice(0, count).map((part) => String(part).padStart(2, '0'));
  return (seconds < 0 ? '-' : '+') + shown.join(colon);
}

function zoneName(zone: Zone): string {
  if (zone.name === undefined)
    throw new UnknownValueError('the template writes the short name of a time zone, which is not known here');
  return zone.name === '' ? offset('-0700', zone) : zone.name;
}
