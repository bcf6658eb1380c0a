import type { Element, ElementContent, Root, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import type { ListItem, Nodes } from 'mdast';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { innerEnd } from '../slim/inner-end.ts';
import { plainValues } from '../slim/tokens.ts';

/**
 * What a built page says, as Markdown: the text with its tables as they are shown, without what is there to
 * be pressed. Null for what is no page of text.
 */
export function pageMarkdown(html: string): { title: string; markdown: string } | null {
  const start = html.indexOf('<main');
  const end = html.indexOf('</main>', start);
  if (start === -1 || end === -1) return null;
  const tree = fromHtml(withoutDrawings(html.slice(start, end)), { fragment: true });
  const heading = find(tree, (element) => element.tagName === 'h1');
  const title = (heading === undefined ? '' : textOf(heading)).replaceAll(/\s+/g, ' ').trim();
  const kept: Root = { type: 'root', children: tree.children.flatMap(withoutTools) as RootContent[] };
  linkOnce(kept, new Set());
  dropEmptySections(kept);
  const mdast = toMdast(kept, { document: true });
  if (mdast.type !== 'root') return null;
  tighten(mdast);
  const markdown = writer.stringify(mdast);
  return { title, markdown: markdown.replaceAll(/\n{3,}/g, '\n\n') };
}

/** Most elements of a page with drawings are theirs, of which Markdown has none. */
function withoutDrawings(html: string): string {
  const plain = plainValues(html);
  let kept = '';
  let from = 0;
  for (const { 0: tag, index } of plain.matchAll(/<svg\b[^>]* class="d2-diagram[ "][^>]*>/g)) {
    if (index < from) continue;
    kept += plain.slice(from, index);
    from = innerEnd(plain, index + tag.length, 'svg') + '</svg>'.length;
  }
  return kept + plain.slice(from);
}

/** Headings behind which nothing is left. */
function dropEmptySections(node: Root | Element): void {
  const shown = node.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  const isHeading = (child: ElementContent | RootContent | undefined) =>
    child?.type === 'element' && child.tagName === 'h2';
  const empty = new Set(
    shown.filter((child, index) => isHeading(child) && isHeading(shown[index + 1] ?? child)),
  );
  node.children = node.children.filter((child) => !empty.has(child)) as typeof node.children;
  for (const child of node.children) if (child.type === 'element') dropEmptySections(child);
}

/** Where a page leads to many times over, its Markdown does once: all else that it says is the same. */
function linkOnce(node: Root | Element, known: Set<string>): void {
  node.children = node.children.flatMap((child): typeof node.children => {
    if (child.type !== 'element') return [child];
    const { tagName, properties } = child;
    const href = tagName === 'a' && typeof properties.href === 'string' ? properties.href : null;
    const isKnown = href !== null && known.has(href);
    if (href !== null) known.add(href);
    linkOnce(child, known);
    return isKnown ? child.children : [child];
  });
}

/** Lists of what a page lists without space between. */
function tighten(node: Nodes): void {
  if (node.type === 'list' || node.type === 'listItem') {
    node.spread = node.type === 'list' ? node.children.some((item) => !isTight(item)) : !isTight(node);
  }
  if ('children' in node) for (const child of node.children) tighten(child);
}

/** At most a line and a list below it: nothing that would run together. */
function isTight({ children }: ListItem): boolean {
  return /^(?:paragraph )?(?:list )?$/.test(children.map(({ type }) => `${type} `).join(''));
}

const writer = remark()
  .use(remarkGfm, { tablePipeAlign: false })
  .data('settings', { bullet: '-', emphasis: '_', rule: '-' });

/** The link that all of a heading may be, to its own place. */
function linkToItself({ tagName, properties, children: [only, ...others] }: Element): Element | null {
  const isHeading = /^h[2-6]$/.test(tagName) && properties.id !== undefined && others.length === 0;
  const isLink = isHeading && only?.type === 'element' && only.tagName === 'a';
  return isLink && String(only.properties.href).startsWith('#') ? only : null;
}

/** A link to a line of a page, which its Markdown has not. */
function isToLine({ tagName, properties }: Element): boolean {
  return tagName === 'a' && /^(?:\/[^#]*)?#(?:f[\da-f]+)?L\d+$/.test(String(properties.href ?? ''));
}

/** An element without what only a browser has a use for, and without its place, which is copied along. */
function withoutTools(node: ElementContent | RootContent): (ElementContent | RootContent)[] {
  if (node.type === 'text') return [{ type: 'text', value: node.value }];
  if (node.type !== 'element') return [];
  const { tagName, properties } = node;
  const classes = Array.isArray(properties.className) ? properties.className : [];
  if (
    dropped.has(tagName) ||
    properties.dataElsewhere !== undefined ||
    // The order of all that an application deploys stands on its own page.
    (classes.includes('pl-waves') && properties.dataPagefindIgnore !== undefined) ||
    classes.some((name) => droppedClasses.has(String(name)))
  )
    return [];
  const children = (linkToItself(node) ?? node).children.flatMap(withoutTools) as ElementContent[];
  const own = classes.map((name) => spoken[String(name)]).find((one) => one !== undefined);
  if (own !== undefined) return own({ ...node, children });
  if (tagName === 'dl') return [termList(children)];
  if (tagName === 'td' || tagName === 'th')
    return [{ type: 'element', tagName, properties, children: inOneLine(children) }];
  // The title is that of the page: its namespace is no link in it.
  if (classes.includes('pl-chip') || isToLine(node)) return children;
  const { dataLanguage } = properties;
  // By its class a code block tells its language.
  if (tagName === 'pre' && typeof dataLanguage === 'string')
    return [
      {
        ...{ type: 'element', tagName, properties },
        children: children.map((child) =>
          child.type === 'element' && child.tagName === 'code'
            ? { ...child, properties: { className: [`language-${dataLanguage}`] }, children: codeOf(child) }
            : child,
        ),
      },
    ];
  return [{ type: 'element', tagName, properties, children }];
}

/** What stands in a cell of a table, which in Markdown is one line: entries of lists apart by semicolons. */
function inOneLine(children: ElementContent[]): ElementContent[] {
  return children.flatMap((child, index): ElementContent[] => {
    if (child.type !== 'element' || !blocks.has(child.tagName)) return [child];
    const isAfter = children
      .slice(0, index)
      .some((before) => before.type !== 'text' || before.value.trim() !== '');
    const apart = child.tagName === 'li' ? '; ' : ' ';
    return [...(isAfter ? [text(apart)] : []), ...inOneLine(child.children)];
  });
}

const blocks = new Set(['details', 'div', 'li', 'ol', 'p', 'summary', 'ul']);

/** A list of terms as one of lines, each with its term before what is said of it. */
function termList(children: ElementContent[]): Element {
  const parts = children.flatMap((child) =>
    child.type === 'element' && child.tagName === 'div' ? child.children : [child],
  );
  const items: Element[] = [];
  for (const part of parts) {
    if (part.type !== 'element') continue;
    if (part.tagName === 'dt') items.push(element('li', [element('strong', part.children), text(': ')]));
    else if (part.tagName === 'dd') items.at(-1)?.children.push(...part.children);
  }
  return element('ul', items);
}

/** What a page tells apart by its looks alone, in words or signs. */
const spoken: Readonly<Record<string, (element: Element) => ElementContent[]>> = {
  'pl-cause': ({ children }) => [text('  # '), ...children],
  'pl-lane-count': ({ children }) => [text(' ('), ...children, text(')')],
  'pl-pill-count': (node) => [text(' '), node],
  'pl-excerpt': (node) => [text(' '), node],
  // An arrow: where the row is written is its title.
  'pl-to': ({ properties }) => [text(String(properties.title ?? ''))],
};

function element(tagName: string, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: {}, children };
}

function text(value: string): ElementContent {
  return { type: 'text', value };
}

/** The lines of a code block without the colours of their words, which are most elements of a manifest. */
function codeOf({ children }: Element): ElementContent[] {
  const isLines =
    children.length > 0 && children.every((line) => line.type === 'element' && line.tagName === 'div');
  if (!isLines) return children;
  return [{ type: 'text', value: children.map((line) => textOf(line).replace(/\n$/, '')).join('\n') }];
}

function find(node: Root | Element, is: (element: Element) => boolean): Element | undefined {
  for (const child of node.children) {
    if (child.type !== 'element') continue;
    const found = is(child) ? child : find(child, is);
    if (found !== undefined) return found;
  }
  return undefined;
}

function textOf(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(textOf).join('') : '';
}

const dropped = new Set([
  'script',
  'style',
  'link',
  'svg',
  'nav',
  'footer',
  'button',
  'input',
  'select',
  'template',
  'wbr',
]);
// A command to copy says the name that a page has anyway.
const droppedClasses = new Set([
  ...['sr-only', 'sl-anchor-link', 'pl-anchor', 'pl-trust', 'pl-tools', 'pl-look', 'copy'],
]);
