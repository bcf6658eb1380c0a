import type { PhrasingContent, Root, Text } from 'mdast';
import { labelText } from './label-text.ts';
import { formatOf, type PageFormat, parsePage, processorOf } from './parse-page.ts';
import type { Positions } from './positions.ts';
import type { Spot } from './spot.ts';

/**
 * A text as Markdown that means just that text: between the brackets of a directive, or in a sentence of its
 * own. remark escapes what would be markup; what a line break, a cell's end or a directive within the text
 * would do is seen to here.
 */
export function writeText(text: string, { format, inLabel, inCell }: TextPlace): string {
  const plain: Text = { type: 'text', value: text };
  const content: PhrasingContent = inLabel
    ? { type: 'textDirective', name: 'x', attributes: {}, children: [plain] }
    : plain;
  const root: Root = { type: 'root', children: [{ type: 'paragraph', children: [content] }] };
  const written = processorOf(format).stringify(root).replace(/\n$/, '');
  const inside = inLabel ? written.slice(':x['.length, -']'.length) : written;
  const oneLine = inside.replaceAll('\r', '&#xD;').replaceAll('\n', '&#xA;');
  const characters = [...begins, ...(inCell ? ['\\|'] : [])];
  const escaped = characters.reduce((result, one) => result.replaceAll(unescaped(one), '\\$&'), oneLine);
  const plainly = escaped.replaceAll('\\:', ':');
  return inLabel && saysAsLabel(plainly, text, format) ? plainly : escaped;
}

/** Between brackets `cart:1.4.2` and `12:30` need no backslash: `labelText` reads them as they are. */
function saysAsLabel(written: string, text: string, format: PageFormat): boolean {
  const parsed = parsePage(`:x[${written}]{}`, format);
  const [paragraph] = parsed.ok ? parsed.tree.children : [];
  const [label, ...more] = paragraph?.type === 'paragraph' ? paragraph.children : [];
  return label?.type === 'textDirective' && more.length === 0 && labelText(label) === text;
}

/**
 * What may begin a directive or an address: GFM makes links of addresses, and takes the escapes behind them
 * for their part.
 */
const begins = [':(?! |$)', '(?<=[Ww])\\.(?=\\S)', '@(?=\\S)'];

/** What the place of a node on its page asks of a text. */
export function placeOfText({ ancestors }: Spot, { file }: Positions): Omit<TextPlace, 'inLabel'> {
  return { format: formatOf(file), inCell: ancestors.some(({ type }) => type === 'tableCell') };
}

/**
 * A pattern of one character, with no backslash before it, or with backslashes that are escaped themselves.
 */
function unescaped(character: string): RegExp {
  return new RegExp(`(?<=(?:^|[^\\\\])(?:\\\\\\\\)*)${character}`, 'gu');
}

export interface TextPlace {
  format: PageFormat;
  /** Between the brackets of a directive. */
  inLabel: boolean;
  /** In a cell of a table, which an unescaped `|` would end. */
  inCell: boolean;
}
