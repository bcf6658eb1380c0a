/** The parts of sprig's dates that need neither the clock nor a time zone. */
import { type FunctionTable, fn } from '../go/functions.ts';
import { isInt } from '../go/values.ts';
import { toInt64 } from './convert.ts';

export const dates: FunctionTable = {
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
};
