import type { Nodes, Root } from 'mdast';

/** True for a heading with a live part, whose anchor depends on the model. */
export function hasLiveHeading(tree: Root): boolean {
  const isLive = (node: Nodes): boolean =>
    node.type === 'textDirective'
      ? node.name === 'fact' && node.children.length === 0
      : 'children' in node && node.children.some(isLive);
  return tree.children.some((node) => node.type === 'heading' && isLive(node));
}

/** True where a diagram of the page speaks of boards. */
export function drawsBoards(node: Nodes): boolean {
  if (node.type === 'code')
    return node.lang?.toLowerCase() === 'd2' && /\b(?:layers|scenarios|steps)\b/.test(node.value);
  return 'children' in node && node.children.some(drawsBoards);
}
