import type { Nodes, Root } from 'mdast';

/**
 * What a page is made of outside some ranges of its text: each node's kind, how deep it lies, and the words
 * of what is plain. Equal before and after a replacement where nothing but the replaced part means anything
 * else.
 */
export function outlineOf(tree: Root, text: string, ranges: readonly TextRange[]): string {
  // The parser leaves a byte order mark out of its offsets.
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const lines: string[] = [];
  const visit = (node: Nodes, depth: number, inRange: boolean) => {
    // What GFM makes of addresses within a text has no place of its own.
    if (!node.position && inRange) return;
    const start = (node.position?.start.offset ?? 0) + mark;
    const end = (node.position?.end.offset ?? 0) + mark;
    if (ranges.some((range) => range.start <= start && end <= range.end)) return;
    const isWhole = !ranges.some((range) => range.start < end && start < range.end);
    lines.push(`${depth} ${node.type} ${isWhole && 'value' in node ? node.value : ''}`);
    if ('children' in node) for (const child of node.children) visit(child, depth + 1, !isWhole);
  };
  visit(tree, 0, false);
  return lines.join('\n');
}

/** Offsets in a text. */
export interface TextRange {
  start: number;
  end: number;
}
