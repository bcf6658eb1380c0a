/** Keys of a Secret as far as they are known: those surely there, those that may be, and whether any may. */
import { compareText } from '../../base/index.ts';
import type { SecretName } from './objects.ts';

export function keySet(sure: Iterable<string> = [], maybe: Iterable<string> = [], open = false): KeySet {
  const certain = new Set(sure);
  return { sure: certain, maybe: new Set([...maybe].filter((key) => !certain.has(key))), open };
}

/** Of several that write into one Secret, all of whose keys stay. */
export function unitedKeys(sets: readonly KeySet[]): KeySet {
  return keySet(
    sets.flatMap(({ sure }) => [...sure]),
    sets.flatMap(({ maybe }) => [...maybe]),
    sets.some(({ open }) => open),
  );
}

/** The same keys, of which none is sure to be there. */
export function unsureKeys({ sure, maybe, open }: KeySet): KeySet {
  return keySet([], [...sure, ...maybe], open);
}

/** True where the key is there, false where it cannot be, null where that cannot be known. */
export function holdsKey({ sure, maybe, open }: KeySet, key: string): boolean | null {
  if (sure.has(key)) return true;
  return open || maybe.has(key) ? null : false;
}

export function sortedKeys(keys: Iterable<string>): string[] {
  return [...keys].sort(compareText);
}

export interface KeySet {
  sure: ReadonlySet<string>;
  /** Besides; none of them is among those that are sure. */
  maybe: ReadonlySet<string>;
  /** Any other key may be there as well. */
  open: boolean;
}

/** Keys of a Secret of the cluster; null where nothing makes it. */
export type SecretKeys = (secret: SecretName) => KeySet | null;
