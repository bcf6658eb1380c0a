import { compareText } from '../../base/index.ts';
import { type Change, sections } from './types.ts';

/** Sections in their order, what is lost before what stays, large changes before small ones, then names. */
export function byImportance(a: Change, b: Change): number {
  const rank = ({ section, fate }: Change) =>
    sections.indexOf(section) * 10 + (fate === null ? 0 : outcomes.indexOf(fate.outcome));
  const size = ({ fields, more, effects }: Change) => fields.length + more + effects.length;
  const key = ({ reference, head, base, folders }: Change) =>
    [reference, head?.id ?? '', base?.id ?? '', folders[0] ?? ''].join('\0');
  return rank(a) - rank(b) || size(b) - size(a) || compareText(key(a), key(b));
}

const outcomes = ['pruned', 'deleted', 'waits', 'unknown', 'stays'];
