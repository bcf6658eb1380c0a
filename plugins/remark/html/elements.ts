import type { Element, ElementContent, Text } from 'hast';
import { h } from 'hastscript';

/** A link, or plain words where there is nothing to lead to. */
export function linkElement(
  href: string | null,
  { class: name, title }: LinkProperties,
  children: Content,
): Element {
  return href === null
    ? h('span', { class: name, title }, children)
    : h('a', { class: name, href, title }, children);
}

/** A list; one item stands alone. */
export function listElement(items: Content[]): Element {
  const [only] = items;
  if (items.length === 1 && only !== undefined)
    return typeof only === 'object' && 'type' in only && only.type === 'element' ? only : h('span', only);
  return h(
    'ul',
    { class: 'pl-items' },
    items.map((item) => h('li', item)),
  );
}

/** What a table stands in: where it scrolls by itself, by keyboard too. */
export function scroll(label: string, isScroller: boolean, table: Element): Element {
  const properties = isScroller ? { role: 'region', ariaLabel: label, tabIndex: 0 } : {};
  return h('div', { class: 'pl-scroll', ...properties }, table);
}

/** Text with what stands between backticks made code. */
export function withCode(text: string): ElementContent[] {
  return text
    .split('`')
    .map(
      (part, index): ElementContent => (index % 2 === 1 ? h('code', part) : { type: 'text', value: part }),
    );
}

/** A path or reference that a narrow page may break behind its slashes; what is short stays as it is. */
export function breakable(text: string): Content {
  if (!longWord.test(text)) return text;
  return withBreaks(text.split(/(?<=\/)(?=[^/])/));
}

/**
 * A text whose long names a narrow column may break, behind their marks and before their capitals; what is
 * short stays as it is.
 */
export function breakableName(text: string): Content {
  if (!longWord.test(text)) return text;
  return withBreaks(text.split(/(?<=[/.:_@=,])(?=\S)|(?<=[a-z])(?=[A-Z][a-z])/));
}

/** A line may break between the parts of a word; few letters stay with those behind them. */
function withBreaks(parts: readonly string[]): Content {
  const pieces: string[] = [];
  for (const part of parts) {
    const last = pieces.at(-1);
    if (last === undefined || last.length >= shortestPiece) pieces.push(part);
    else pieces[pieces.length - 1] = last + part;
  }
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [h('wbr'), piece]));
}

/** A word that may be longer than a narrow column. */
const longWord = /\S{23}/;
/** Characters between two places at which a line may break. */
const shortestPiece = 8;

/** Content as a list of nodes. */
export function nodesOf(content: Content): ElementContent[] {
  return (Array.isArray(content) ? content : [content]).map(
    (part): ElementContent =>
      typeof part === 'string' ? ({ type: 'text', value: part } satisfies Text) : part,
  );
}

/** What stands in an element: text is text, never markup. */
export type Content = ElementContent | string | (ElementContent | string)[];

interface LinkProperties {
  class?: string;
  title?: string;
}
