import type { Element, ElementContent } from 'hast';
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
  if (items.length === 1 && only !== undefined) return h('span', only);
  return h(
    'ul',
    { class: 'pl-items' },
    items.map((item) => h('li', item)),
  );
}

/** A region that scrolls by itself where its content is too wide, by keyboard too. */
export function scroll(label: string, ...children: Element[]): Element {
  return h('div', { class: 'pl-scroll', role: 'region', ariaLabel: label, tabIndex: 0 }, children);
}

/** Text with what stands between backticks made code. */
export function withCode(text: string): ElementContent[] {
  return text
    .split('`')
    .map(
      (part, index): ElementContent => (index % 2 === 1 ? h('code', part) : { type: 'text', value: part }),
    );
}

/** A path or reference that a narrow page may break behind its slashes. */
export function breakable(text: string): Content {
  return text.split(/(?<=\/)/).flatMap((part, index) => (index === 0 ? [part] : [h('wbr'), part]));
}

/** What stands in an element: text is text, never markup. */
export type Content = ElementContent | string | (ElementContent | string)[];

interface LinkProperties {
  class: string;
  title?: string;
}
