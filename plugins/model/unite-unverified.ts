import { compareText } from '../base/index.ts';
import type { Unverified } from '../source/index.ts';

/** Each once, by what and where. */
export function unitedUnverified(...lists: (readonly Unverified[])[]): Unverified[] {
  const united = new Map<string, Unverified>();
  for (const item of lists.flat()) {
    united.set(
      `${item.origin?.file ?? ''}:${String(item.origin?.line ?? 0).padStart(7, '0')} ${item.what} ${item.why}`,
      item,
    );
  }
  return [...united.entries()].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}
