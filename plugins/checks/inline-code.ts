import type { Positions, Spot } from '../markdown/index.ts';
import type { Place } from '../source/index.ts';

/** The text of inline code, with the place between its backticks, so that a replacement keeps them; null for any other node. */
export function inlineCode(
  { node, start, end }: Spot,
  positions: Positions,
): { text: string; place: Place } | null {
  if (node.type !== 'inlineCode') return null;
  const text = node.value;
  const inside = positions.text.indexOf(text, start);
  const isWritten = inside >= 0 && inside < end;
  const place = isWritten ? positions.place(inside, inside + text.length) : positions.place(start, end);
  return { text, place };
}
