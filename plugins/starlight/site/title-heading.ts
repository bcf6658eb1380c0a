import { slug } from 'github-slugger';
import { h } from 'hastscript';
import type { Heading, Html, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { pageTitle, shiftedAnchors } from '../../markdown/index.ts';
import { become } from '../../remark/index.ts';

/**
 * Starlight shows the title above a page. Where a heading of the page is its title, that heading is taken out
 * of the body, so that it does not stand there twice; what links to it finds an anchor in its place.
 * @returns what takes it out, to be called when the statements in it have been judged.
 */
export function titleHeading(tree: Root, file: string, text: string): () => void {
  const { text: words, node } = pageTitle(file, text, tree);
  if (node === null) return () => {};
  return node.type === 'heading' ? () => leaveAnchor(tree, node, words) : () => leaveOut(node);
}

function leaveAnchor(tree: Root, title: Heading, words: string): void {
  const rest: Heading[] = [];
  visit(tree, 'heading', (heading) => {
    if (heading !== title) rest.push(heading);
  });
  // The title counts where anchors of one name are numbered: `#setup-1` stays what it is.
  for (const [heading, id] of shiftedAnchors(words, rest))
    heading.data = { ...heading.data, hProperties: { ...heading.data?.hProperties, id } };
  become(title, h('span', { id: slug(words) }));
}

/** A title in HTML may hold a picture, which is the page's own. */
function leaveOut(node: Html): void {
  node.value = node.value.replace(/<h1\b[^>]*>[\s\S]*?<\/h1>/i, (h1) =>
    /<(?:img|svg|picture)\b/i.test(h1) ? h1 : '',
  );
}
