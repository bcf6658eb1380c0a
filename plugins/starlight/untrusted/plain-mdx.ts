import type { Nodes, Root, RootContent } from 'mdast';
import type { VFile } from 'vfile';
import { formatOf, parsePage } from '../../markdown/index.ts';

/**
 * unified plugin, first of all: a page of MDX that goes through Markdown, where nothing of it is run, is read
 * as the MDX that it is. One that does not parse stays Markdown; its check has said so.
 */
export function remarkReadMdx(): (tree: Root, file: VFile) => void {
  return (tree, file) => {
    if (file.path === undefined || formatOf(file.path) !== 'mdx') return;
    const parsed = parsePage(String(file.value), 'mdx');
    if (parsed.ok) tree.children = parsed.tree.children;
  };
}

/**
 * What is left of MDX, as a reader wants it where nothing may run: imports and exports are gone, elements of
 * HTML are HTML, components are what stands in them under their titles, and an expression is shown as it is
 * written.
 */
export function lowerMdx(tree: Root): void {
  lowerChildren(tree);
}

function lowerChildren(parent: { children: Nodes[] }): void {
  parent.children = parent.children.flatMap(unraveled).flatMap((node): Nodes[] => {
    if ('children' in node) lowerChildren(node as { children: Nodes[] });
    switch (node.type) {
      case 'mdxjsEsm':
        return [];
      case 'mdxTextExpression':
        return expression(node.value);
      case 'mdxFlowExpression':
        return inParagraph(expression(node.value));
      case 'mdxJsxTextElement':
        return element(node);
      case 'mdxJsxFlowElement':
        return element(node);
      default:
        return [node];
    }
  });
}

/** A line of nothing but blocks of HTML is no paragraph, as in MDX: `<summary>` stands in its `<details>`. */
function unraveled(node: Nodes): Nodes[] {
  if (node.type !== 'paragraph') return [node];
  const inner = node.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  const isBlocks = inner.every((child) => child.type === 'mdxJsxTextElement' && blocks.has(child.name ?? ''));
  return isBlocks && inner.length > 0 ? inner : [node];
}

const blocks = new Set(
  'summary details div section center p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tr th td hr'.split(
    ' ',
  ),
);

/** A comment is nothing, a plain text is itself, all else is code. */
function expression(value: string): (RootContent & { type: 'text' | 'inlineCode' })[] {
  const code = value.replaceAll(/\/\*[\s\S]*?\*\//g, '').trim();
  if (code === '') return [];
  const text = literal(code);
  return text === null ? [{ type: 'inlineCode', value: `{${code}}` }] : [{ type: 'text', value: text }];
}

function element({ type, name, attributes, children }: JsxElement): Nodes[] {
  const isFlow = type === 'mdxJsxFlowElement';
  const given = new Map(
    attributes.flatMap((one): [string, string | true][] => {
      if (one.type !== 'mdxJsxAttribute') return [];
      if (one.value === null || one.value === undefined) return [[one.name, true]];
      const text = typeof one.value === 'string' ? one.value : literal(one.value.value.trim());
      return text === null ? [] : [[one.name, text]];
    }),
  );
  const content: Nodes[] = children;
  if (name !== null && /^[a-z][a-z\d]*$/.test(name))
    return [html(openTag(name, given)), ...content, html(`</${name}>`)];
  const words = [given.get('title') ?? given.get('label'), given.get('description')];
  const href = given.get('href');
  const heads = words.flatMap((word, index): Phrasing[] => {
    if (typeof word !== 'string') return [];
    const text: Phrasing = { type: 'text', value: word };
    const inLink: Phrasing =
      typeof href === 'string' && index === 0 ? { type: 'link', url: href, children: [text] } : text;
    return [index === 0 ? { type: 'strong', children: [inLink] } : text, { type: 'text', value: ' ' }];
  });
  if (typeof href === 'string' && heads.length === 0 && content.length > 0)
    return inFlow([{ type: 'link', url: href, children: content as Phrasing[] }], isFlow);
  // Of a component that shows nothing of its own text a reader sees at least that it is there.
  if (heads.length === 0 && content.length === 0)
    return name === null ? [] : inFlow([{ type: 'inlineCode', value: `<${name} />` }], isFlow);
  return [...inFlow(heads, isFlow), ...content];
}

/** As HTML: its tags are sanitized like all that an author wrote. */
function openTag(name: string, given: Map<string, string | true>): string {
  const names: Record<string, string> = { className: 'class', htmlFor: 'for' };
  const written = [...given].flatMap(([key, value]) => {
    if (!/^[a-zA-Z][\w-]*$/.test(key)) return [];
    const text = value === true ? '' : value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return [` ${names[key] ?? key}="${text}"`];
  });
  return `<${name}${written.join('')}>`;
}

function html(value: string): Nodes {
  return { type: 'html', value };
}

function inFlow(nodes: Phrasing[], isFlow: boolean): Nodes[] {
  return isFlow ? inParagraph(nodes) : nodes;
}

function inParagraph(nodes: Phrasing[]): Nodes[] {
  return nodes.length === 0 ? [] : [{ type: 'paragraph', children: nodes }];
}

/** The text that a plain string of JavaScript stands for; null for anything else. */
function literal(code: string): string | null {
  return /^(["'`])([^"'`\\$]*)\1$/.exec(code)?.[2] ?? null;
}

type JsxElement = Extract<Nodes, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;
type Phrasing = Extract<Nodes, { type: 'paragraph' }>['children'][number];
