/** Words of ours with what they speak of, without a language. */
import type { Said, SaidValues } from '../../base/index.ts';
import type { WordKey } from '../../words/index.ts';

/**
 * `a`, `a and b`, `a and b and c`; `a, b or c` where none of them is several itself: what a comma parts then
 * is in doubt.
 */
export function joined(parts: readonly (Said | string)[], key: 'route.and' | 'route.or'): Said | string {
  const [first, ...rest] = parts;
  const isPlain =
    key === 'route.or' && parts.every((part) => typeof part === 'string' || !part.key.startsWith('route.'));
  return rest.reduce<Said | string>((left, right, index) => {
    const isLast = index === rest.length - 1;
    return said(isPlain && !isLast ? 'route.comma' : key, { left, right });
  }, first ?? '');
}

/** A key of our words with what it speaks of. */
export function said(key: WordKey, values?: SaidValues): Said {
  return values === undefined ? { key } : { key, values };
}
