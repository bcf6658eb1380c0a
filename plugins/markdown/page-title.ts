import { basename, dirname } from 'node:path';
import type { Heading, Html, Root } from 'mdast';
import { wordsOf } from './headings.ts';

/**
 * The title that a page shows: that of its front matter; else, as on a Git host, its first heading; else the
 * name of its file, or of the folder that it is the index of.
 * @param tree of the text; undefined where it does not parse.
 */
export function pageTitle(file: string, text: string, tree: Root | undefined): PageTitle {
  const written = frontMatterTitle(text);
  if (written !== undefined) return { text: written, node: null };
  const heading = tree && firstHeading(tree);
  return heading && heading.text !== '' ? heading : { text: nameOf(file), node: null };
}

/** The `title` of YAML or TOML as it is written, without its quotes. */
function frontMatterTitle(text: string): string | undefined {
  const block = /^\ufeff?(---|\+\+\+)[ \t]*\r?\n([\s\S]*?)\r?\n\1/.exec(text)?.[2];
  const value = /^(['"]?)title\1[ \t]*[:=](.*)$/m.exec(block ?? '')?.[2]?.trim();
  // What begins a list, a block or an alias of YAML is no title.
  if (value === undefined || /^[[{&*!|>%@`]/.test(value)) return undefined;
  return value.replace(/^(['"])(.*)\1$/, '$2');
}

/** Markdown's own, or the `<h1>` of HTML that many READMEs centre with it. */
function firstHeading(tree: Root): PageTitle | undefined {
  for (const node of tree.children) {
    if (node.type === 'heading') return { text: wordsOf(node).trim(), node };
    const inner = node.type === 'html' ? innerOfH1(node.value) : undefined;
    if (inner !== undefined && node.type === 'html')
      return {
        text: inner
          .replaceAll(/<[^<>]*>/g, '')
          .replaceAll(/\s+/g, ' ')
          .trim(),
        node,
      };
  }
  return undefined;
}

/** In two steps, as one pattern for both tags would look for the end anew from each begin. */
function innerOfH1(html: string): string | undefined {
  const open = /<h1\b[^<>]*>/i.exec(html);
  if (open === null) return undefined;
  const rest = html.slice(open.index + open[0].length);
  const close = rest.search(/<\/h1>/i);
  return close < 0 ? undefined : rest.slice(0, close);
}

function nameOf(file: string): string {
  const name = basename(file).replace(/\.mdx?$/i, '');
  const folder = basename(dirname(file));
  return /^(?:index|readme)$/i.test(name) && folder !== '' && folder !== '.' ? folder : name;
}

export interface PageTitle {
  text: string;
  /** What says it in the page's own text; null where nothing there does. */
  node: Heading | Html | null;
}
