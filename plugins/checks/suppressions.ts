import type { Nodes } from 'mdast';
import { commentOf, offsetOf, type Positions } from '../markdown/index.ts';
import type { Place } from '../source/index.ts';

/** `<!-- plumbline-ignore RULE: reason -->`, in MDX `{/* … *​/}`; null for any other node. */
export function suppressionFrom(node: Nodes, positions: Positions): Suppression | null {
  const comment = commentOf(node);
  if (!comment?.isBlock || (comment.isMdx && !comment.isWhole)) return null;
  const match = /^\s*plumbline-ignore\b\s*([\w-]*)\s*:?\s*([\s\S]*)$/.exec(comment.text);
  if (!match) return null;
  const [, rule = '', reason = ''] = match;
  const place = positions.place(offsetOf(node, 'start', positions), offsetOf(node, 'end', positions));
  return { rule, reason: reason.trim(), place };
}

export interface Suppression {
  rule: string;
  reason: string;
  place: Place;
}
