/** Durations as Go reads them. Source: package time (`ParseDuration`). */
import { byName } from '../../../base/index.ts';
import { quote } from '../quote.ts';

/**
 * `-1.5h`, `2h45m` → nanoseconds.
 * @throws Error in Go's words.
 */
export function parseDuration(text: string): bigint {
  const [, sign = '', body = ''] = /^([-+]?)([\s\S]*)$/.exec(text) ?? [];
  if (body === '0') return 0n;
  if (body === '') throw new Error(`time: invalid duration ${quote(text)}`);
  let total = 0n;
  let rest = body;
  while (rest !== '') {
    const [all = '', whole = '', fraction = '', unit = ''] = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(rest) ?? [];
    if (whole === '' && fraction === '') throw new Error(`time: invalid duration ${quote(text)}`);
    if (unit === '') throw new Error(`time: missing unit in duration ${quote(text)}`);
    const size = units[unit];
    if (size === undefined) throw new Error(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    total += BigInt(whole === '' ? 0 : whole) * size;
    total += (BigInt(fraction === '' ? 0 : fraction) * size) / 10n ** BigInt(fraction.length);
    rest = rest.slice(all.length);
  }
  if (total > maximum) throw new Error(`time: invalid duration ${quote(text)}`);
  return sign === '-' ? -total : total;
}

const maximum = 2n ** 63n - 1n;
const units: Record<string, bigint | undefined> = byName({
  ns: 1n,
  us: 1000n,
  '\u00b5s': 1000n,
  '\u03bcs': 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
});
