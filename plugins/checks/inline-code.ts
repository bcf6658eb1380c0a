import type { Positions, Spot } from '../markdown/index.ts';
import type { Place } from '../source/index.ts';

/**
 * The text of inline code, with the place between its backticks, so that a replacement keeps them; null for
 * any other node, and for what is struck through, which is said to be no more.
 */
export function inlineCode(
  { node, ancestors, start, end }: Spot,
  positions: Positions,
): { text: string; place: Place } | null {
  if (node.type !== 'inlineCode' || ancestors.some(({ type }) => type === 'delete')) return null;
  const text = node.value;
  const inside = positions.text.indexOf(text, start);
  const isWritten = inside >= 0 && inside < end;
  const place = isWritten ? positions.place(inside, inside + text.length) : positions.place(start, end);
  return { text, place };
}
