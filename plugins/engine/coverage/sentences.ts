import type { Nodes, Paragraph, Root } from 'mdast';

/**
 * The sentences of a page, each with the nodes in it. Prose is paragraphs, wherever they stand: in lists,
 * quotations and directives too. Headings, tables and code are none.
 */
export function sentencesOf(tree: Root): Sentence[] {
  const sentences: Sentence[] = [];
  collect(tree, [], sentences);
  return sentences;
}

function collect(node: Nodes, ancestors: Nodes[], sentences: Sentence[]): void {
  if (node.type === 'paragraph') {
    // The label of a container directive is its title.
    const isTitle = node.data !== undefined && 'directiveLabel' in node.data;
    if (!isTitle) sentences.push(...ofParagraph(node, ancestors));
    return;
  }
  if ('children' in node) for (const child of node.children) collect(child, [...ancestors, node], sentences);
}

function ofParagraph(paragraph: Paragraph, ancestors: Nodes[]): Sentence[] {
  const flat: Flat = { text: '', spans: [] };
  for (const child of paragraph.children) flatten(child, flat);
  const around = [...ancestors, paragraph];
  const segments = [...segmenter.segment(flat.text)].map(({ segment, index }) => ({
    text: segment,
    end: index + segment.length,
    nodes: [...around],
  }));
  const starts = segments.map(({ text, end }) => end - text.length);
  for (const { node, start, end } of flat.spans) {
    for (let at = lastUpTo(starts, start); at < segments.length && (starts[at] ?? end) < end; at += 1)
      segments[at]?.nodes.push(node);
  }
  return segments
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .map(({ text, nodes }) => ({ text: text.trim(), nodes }));
}

/** Index of the last of the sorted numbers that is not above `limit`. */
function lastUpTo(sorted: number[], limit: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Text as a reader has it, on one line; what is code becomes letters of the same number, so that no full stop
 * in it ends a sentence.
 */
function flatten(node: Nodes, flat: Flat): void {
  const start = flat.text.length;
  if (node.type === 'text') flat.text += node.value.replaceAll(/\s/g, ' ').replaceAll(abbreviation, bare);
  else if (node.type === 'inlineCode') flat.text += 'x'.repeat(node.value.length);
  else if (node.type === 'image') flat.text += node.alt ?? '';
  else if (node.type === 'break') flat.text += ' ';
  else if ('children' in node) for (const child of node.children) flatten(child, flat);
  // What is filled in stands for a word.
  if (node.type === 'textDirective' && flat.text.length === start) flat.text += 'x';
  flat.spans.push({ node, start, end: flat.text.length });
}

function bare(words: string): string {
  return words.replaceAll('.', 'x');
}

/** Full stops that end a word and no sentence. */
const abbreviation = /\b(?:e\.g|i\.e|cf|vs|approx|incl|resp)\./gi;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

export interface Sentence {
  text: string;
  /** Every node that the sentence lies in, or that lies at least partly in it. */
  nodes: Nodes[];
}

interface Flat {
  text: string;
  spans: { node: Nodes; start: number; end: number }[];
}
