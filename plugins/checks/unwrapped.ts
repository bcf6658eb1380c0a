import { offsetOf, type Positions, type Splice, type Spot } from '../markdown/index.ts';

/** `:claim[words]{…}` without what stands round the words. */
export function unwrapped({ start, end, directive }: Spot): Splice[] {
  const label = directive?.label;
  if (!label) return [{ start, end, text: '' }];
  return [
    { start, end: label.start, text: '' },
    { start: label.end, end, text: '' },
  ];
}

/** `:::claim{…}` … `:::` without its first and last line; nothing for a node that is no container. */
export function unfenced({ node, start, end }: Spot, positions: Positions): Splice[] {
  if (node.type !== 'containerDirective') return [];
  const [first] = node.children;
  const last = node.children.at(-1);
  const inside = first ? offsetOf(first, 'start', positions) : end;
  const insideEnd = last ? offsetOf(last, 'end', positions) : end;
  return [
    { start, end: inside, text: '' },
    { start: insideEnd, end, text: '' },
  ];
}
