import { textOf } from './content-text.ts';
import type { Content } from './elements.ts';

/**
 * What the stylesheet cannot work out of a table by itself: the words that stand before each value where a
 * row is a card, which columns stay on one line, and how wide the table must be at least to be one. It all
 * stands once on the table, not in each cell.
 */
export function layoutOf(columns: LayoutColumn[], rows: Content[][]): TableLayout {
  const widths = columns.map(({ label, isArrow }, index): ColumnWidth => {
    if (isArrow) return { least: 1.6, most: 1.6, isShort: true, isLong: false };
    return widthOf(
      label,
      rows.flatMap((cells) => textOf(cells[index] ?? '').split('\n')),
    );
  });
  const style = columns.flatMap(({ label, isRight, isArrow }, index) => {
    const number = index + 1;
    return [
      `--l${number}:${quoted(isArrow ? '' : label)}`,
      ...(widths[index]?.isShort ? [`--w${number}:nowrap`] : []),
      ...(widths[index]?.isLong ? [`--m${number}:${longColumn}rem`] : []),
      ...(isRight ? [`--a${number}:end`] : []),
    ];
  });
  const least = widths.reduce((sum, width) => sum + width.least + padding, 1);
  return {
    style: style.join(';'),
    from: Math.min(mostRem, Math.max(leastRem, Math.ceil(least / stepRem) * stepRem)),
    grid: widths.map(({ least, most }) => `minmax(${rounded(least)}rem,${rounded(most)}fr)`).join(' '),
  };
}

/** In rem of the page. */
function widthOf(label: string, texts: string[]): ColumnWidth {
  const longest = Math.max(0, ...texts.map((text) => text.replaceAll('\u200b', '').length));
  const isShort = longest <= oneLine;
  const head = longestPart(label) + sortMark;
  const body = isShort ? longest : Math.max(...texts.map(longestPart));
  const isLong = longest > sentence;
  const least = Math.max(head, body) * character;
  return {
    least: isLong ? Math.max(least, longColumn) : least,
    most: Math.max(head, Math.min(longest, 60)) * character,
    isShort,
    isLong,
  };
}

/** Characters of the longest part between two places at which a line may break. */
function longestPart(text: string): number {
  return Math.max(0, ...text.split(/[\s\u200b]|(?<=-)/).map((part) => part.length));
}

/** A string of CSS. */
function quoted(text: string): string {
  return `"${text.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').replaceAll(/["\\<>&{};]/g, (one) => `\\${one.charCodeAt(0).toString(16)} `)}"`;
}

function rounded(rem: number): number {
  return Math.round(rem * 10) / 10;
}

/** Rem of one character in the type of a table, the widest of its two faces. */
const character = 0.49;
/** Characters that stay on one line. */
const oneLine = 22;
/** Characters from which on a text is a sentence, which keeps room for a few words a line. */
const sentence = 48;
/** Rem for a column of sentences. */
const longColumn = 12;
/** Characters that the mark of a sorted column takes. */
const sortMark = 1.5;
/** Rem beside the text of a cell, with what a coloured value has round it. */
const padding = 1.6;
/** Widths, in rem, at which the stylesheet makes cards of rows. */
const [leastRem, stepRem, mostRem] = [20, 2, 90];

interface LayoutColumn {
  label: string;
  isRight: boolean;
  /** A column of arrows to what a row was made of. */
  isArrow: boolean;
}

interface ColumnWidth {
  least: number;
  most: number;
  isShort: boolean;
  isLong: boolean;
}

interface TableLayout {
  /** Custom properties by column. */
  style: string;
  /** Rem under which a row becomes a card. */
  from: number;
  /** Columns of a table whose rows are laid out one by one. */
  grid: string;
}
