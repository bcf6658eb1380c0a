/** Words of ours with what they speak of, without a language. */
import type { Said, SaidValues } from '../../base/index.ts';
import type { WordKey } from '../../words/index.ts';

/** `a`, `a and b`, `a and b and c`. */
export function joined(parts: readonly (Said | string)[], key: 'route.and' | 'route.or'): Said | string {
  const [first, ...rest] = parts;
  return rest.reduce<Said | string>((left, right) => said(key, { left, right }), first ?? '');
}

/** A key of our words with what it speaks of. */
export function said(key: WordKey, values?: SaidValues): Said {
  return values === undefined ? { key } : { key, values };
}
