import type { Nodes } from 'mdast';
import type { TextDirective } from 'mdast-util-directive';
import { toString as textOf } from 'mdast-util-to-string';

/**
 * The words of a directive, as their author wrote them: in `cart:1.4.2` and `12:30` the parser sees a
 * directive behind the colon, which nobody meant.
 */
export function labelText(node: Nodes): string {
  return 'children' in node ? node.children.map(wordsOf).join('') : textOf(node);
}

function wordsOf(node: Nodes): string {
  return isBareDirective(node) ? `:${node.name}` : labelText(node);
}

/** A directive with a label or attributes is one that was meant. */
export function isBareDirective(node: Nodes): node is TextDirective {
  return (
    node.type === 'textDirective' &&
    node.children.length === 0 &&
    Object.keys(node.attributes ?? {}).length === 0
  );
}
