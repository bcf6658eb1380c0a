import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { words } from '../../plugins/words/speech.ts';

/** The labels in a page's HTML that are English words of ours, where German has others. */
export function englishLabels(html: string): string[] {
  const { en, de } = words;
  const patterns = Object.keys(en).flatMap((key): Pattern[] => {
    const own = key as keyof typeof en;
    const fixed = en[own].replaceAll(/\{\{.*?\}\}/g, '');
    // One of a kind is called as the kind is, and what a shape stands for may be called as its shape.
    if (/^(?:way\..*_one$|shape\.)/.test(key)) return [];
    // Of a sentence that is nearly all values nothing can be told.
    if (en[own] === de[own] || fixed.replaceAll(/[^a-z]/gi, '').length < 4) return [];
    const parts = en[own].split(/\{\{.*?\}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return [{ isHeading: headings.test(key), pattern: new RegExp(`^${parts.join('.+')}$`) }];
  });
  // A cell or a link that holds `Application` names a kind, and so does the middle of a drawing.
  const isOurs = ({ text, inCell }: Label) =>
    patterns.some(({ isHeading, pattern }) => !(isHeading && inCell) && pattern.test(text));
  return [
    ...new Set(
      labelsIn(html)
        .filter(isOurs)
        .map(({ text }) => text),
    ),
  ];
}

/** What is read or told of a page: its texts but for code and drawings, and what attributes say. */
function labelsIn(html: string): Label[] {
  const found: Label[] = [];
  const visit = (node: Nodes, inCell: boolean): void => {
    if (node.type === 'text') found.push({ text: node.value.replaceAll(/\s+/g, ' ').trim(), inCell });
    if (node.type === 'element') {
      if (/^(?:script|style|code|pre|svg)$/.test(node.tagName)) return;
      for (const name of ['ariaLabel', 'title', 'placeholder'])
        if (node.properties[name] !== undefined) found.push({ text: String(node.properties[name]), inCell });
    }
    const isCell = inCell || (node.type === 'element' && (/^(?:td|a)$/.test(node.tagName) || isSelf(node)));
    if ('children' in node) for (const child of node.children) visit(child, isCell);
  };
  visit(fromHtml(html), false);
  return found;
}

const isSelf = ({ properties }: Element) => [properties.className].flat().includes('pl-self');

const headings = /^(?:column|view|diagram|section)\./;

interface Label {
  text: string;
  inCell: boolean;
}

interface Pattern {
  isHeading: boolean;
  pattern: RegExp;
}
