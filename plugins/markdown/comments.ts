import type { Nodes } from 'mdast';

/**
 * The first comment of a node: `<!-- … -->`, in MDX `{/* … *​/}`; null where the node is none, or begins with
 * something else.
 */
export function commentOf(node: Nodes): Comment | null {
  const type: string = node.type;
  const isMdx = type === 'mdxFlowExpression' || type === 'mdxTextExpression';
  if (type !== 'html' && !isMdx) return null;
  const value = 'value' in node ? node.value.trim() : '';
  const match = (isMdx ? /^\/\*([\s\S]*?)\*\// : /^<!--([\s\S]*?)-->/).exec(value);
  if (!match) return null;
  const [whole, text = ''] = match;
  return { text, isMdx, isWhole: whole.length === value.length, isBlock: type !== 'mdxTextExpression' };
}

export interface Comment {
  /** What stands between its marks. */
  text: string;
  isMdx: boolean;
  /** Nothing else stands in its node. */
  isWhole: boolean;
  /** False in the midst of a sentence of MDX; HTML does not say. */
  isBlock: boolean;
}
