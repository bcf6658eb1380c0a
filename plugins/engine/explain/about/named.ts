import type { Said } from '../../../base/index.ts';
import { english, type WordKey } from '../../../words/index.ts';

/** Records by what they are looked up by; of several with one key the first. */
export function recordsBy<Thing>(
  all: readonly Thing[],
  keyOf: (one: Thing) => string,
): ReadonlyMap<string, Thing> {
  const map = new Map<string, Thing>();
  for (const one of all) if (!map.has(keyOf(one))) map.set(keyOf(one), one);
  return map;
}

/** A sentence of ours: in English, and without its language. */
export function spoken(key: WordKey, values?: Said['values']): Spoken {
  const said: Said = values === undefined ? { key } : { key, values };
  return { sentence: english.said(said), said };
}

export interface Spoken {
  sentence: string;
  said: Said;
}

/** A resource by its shortest name that is certain. */
export interface Named {
  reference: string;
  id: string;
}
