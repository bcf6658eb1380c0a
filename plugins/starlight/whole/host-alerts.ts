import type { Blockquote, Paragraph, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Speech, WordKey } from '../../words/index.ts';

/**
 * Alerts as Git hosts write them, a quotation that begins with `[!NOTE]`, as asides of Starlight: the same
 * boxes that its own pages have.
 */
export function alertsAsAsides(tree: Root, { say }: Speech): void {
  visit(tree, 'blockquote', (quote) => {
    const [first] = quote.children;
    const text = first?.type === 'paragraph' ? first.children[0] : undefined;
    const [written, name] = (text?.type === 'text' && /^\[!(\w+)\][ \t]*(?:\n|$)/.exec(text.value)) || [];
    const alert = alerts[name?.toUpperCase() ?? ''];
    if (alert === undefined || first?.type !== 'paragraph' || text?.type !== 'text') return;
    const rest = { ...text, value: text.value.slice(written?.length ?? 0) };
    become(quote, alert, say(alert.title), withoutMark(first, rest));
  });
}

function withoutMark(paragraph: Paragraph, rest: Text): Paragraph[] {
  const [, ...others] = paragraph.children;
  const children = rest.value === '' ? others : [rest, ...others];
  // A line's end behind the mark is none of the words.
  if (children[0]?.type === 'break') children.shift();
  return children.length === 0 ? [] : [{ ...paragraph, children }];
}

function become(quote: Blockquote, { variant }: Alert, title: string, first: Paragraph[]): void {
  const [, ...blocks] = quote.children;
  const heading: Paragraph = {
    type: 'paragraph',
    data: { hProperties: { className: ['starlight-aside__title'], ariaHidden: 'true' } },
    children: [{ type: 'text', value: title }],
  };
  const content: Blockquote = {
    type: 'blockquote',
    data: { hName: 'div', hProperties: { className: ['starlight-aside__content'] } },
    children: [...first, ...blocks],
  };
  quote.data = {
    hName: 'aside',
    hProperties: { className: ['starlight-aside', `starlight-aside--${variant}`], ariaLabel: title },
  };
  quote.children = [heading, content];
}

const alerts: Record<string, Alert | undefined> = {
  NOTE: { title: 'alert.note', variant: 'note' },
  TIP: { title: 'alert.tip', variant: 'tip' },
  IMPORTANT: { title: 'alert.important', variant: 'note' },
  WARNING: { title: 'alert.warning', variant: 'caution' },
  CAUTION: { title: 'alert.caution', variant: 'danger' },
};

interface Alert {
  title: WordKey;
  variant: 'note' | 'tip' | 'caution' | 'danger';
}
