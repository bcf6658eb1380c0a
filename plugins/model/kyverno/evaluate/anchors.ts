/** Anchors of a pattern's keys. Source: kyverno `pkg/engine/anchor`. */
import { isObject, type JsonValue } from '../../../base/index.ts';

/** `KEY` of `(KEY)`, `<(KEY)`, …, and which anchor it is; null for a plain key. */
export function parseAnchor(key: string): Anchor | null {
  const [, sign = '', inner] = /^([+<=X^])?\((.+)\)$/s.exec(key.trim()) ?? [];
  if (inner === undefined) return null;
  return { type: signs[sign] ?? 'condition', key: inner };
}

const signs: Record<string, AnchorType> = {
  '': 'condition',
  '<': 'global',
  '=': 'equality',
  '^': 'existence',
  X: 'negation',
  '+': 'add',
};

/** True where some map of the pattern has an anchor that is of `validate`. */
export function hasAnchors(pattern: JsonValue): boolean {
  if (Array.isArray(pattern)) return pattern.some(hasAnchors);
  if (!isObject(pattern)) return false;
  return Object.entries(pattern).some(([key, inner]) => isValidating(parseAnchor(key)) || hasAnchors(inner));
}

export function isValidating(anchor: Anchor | null): boolean {
  return anchor !== null && anchor.type !== 'add';
}

/** The key as it was written, around another name. */
export function anchored(written: string, key: string): string {
  const anchor = parseAnchor(written);
  return anchor ? `${written.trim().slice(0, written.trim().indexOf('(') + 1)}${key})` : key;
}

type AnchorType = 'condition' | 'global' | 'equality' | 'existence' | 'negation' | 'add';
export interface Anchor {
  type: AnchorType;
  key: string;
}
