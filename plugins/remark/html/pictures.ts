import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { D2Input } from '../../d2/index.ts';
import type { Board } from './board-tabs.ts';
import type { ElementContext } from './hast.ts';
import { outline } from './outline.ts';

/**
 * A board in the forms of which a page shows the first that fits, by its own width: as it is laid out, from
 * top to bottom, and as a list.
 */
export function canvases({ drawn, turned }: Picture, board: Board, page: ElementContext): Element[] {
  const own = remOf(drawn.least);
  const least = turned === null ? own : remOf(turned.least);
  return [
    canvas(drawn.nodes, [`pl-need-${own}`]),
    ...(turned === null ? [] : [canvas(turned.nodes, ['pl-turned', `pl-need-${least}`, `pl-below-${own}`])]),
    ...(least <= phoneRem
      ? []
      : [h('div', { class: `pl-outline pl-below-${least}`, dataPagefindIgnore: '' }, outline(board, page))]),
  ];
}

/** A board from top to bottom, where it is so wide that this may help; which costs drawing it again. */
export function turnedInput(input: D2Input, board: Board): D2Input | null {
  const source = input.source.replaceAll(/^([ \t]*direction:[ \t]*)(?:right|left)[ \t]*$/gm, '$1down');
  if (source === input.source || remOf(board.least) <= phoneRem) return null;
  const isChain = board.shapes.length <= mostInChain && widest(board) <= 2;
  return isChain || remOf(board.least) > columnRem ? { ...input, source, layout: 'elk' } : null;
}

/** Only where it is seen: on a phone, or where the other is wider than a column. */
export function isWorth(turned: number, least: number): boolean {
  return remOf(turned) <= phoneRem || (remOf(least) > columnRem && turned < least);
}

/** True where a drawing takes the room beside the text too. */
export function isWide(least: number): boolean {
  return remOf(least) > textRem;
}

function canvas(nodes: ElementContent[], classes: string[]): Element {
  return h('div', { class: ['pl-canvas', ...classes], dataPagefindIgnore: '' }, nodes);
}

/** The most edges at one end of a shape. */
function widest({ edges }: Board): number {
  const counts = new Map<string, number>();
  for (const {
    ends: [from, to],
  } of edges)
    for (const end of [`from ${from}`, `to ${to}`]) counts.set(end, (counts.get(end) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** Rem of a frame that shows so many pixels of a drawing, in the steps that the stylesheet has. */
function remOf(pixels: number): number {
  return Math.min(mostRem, Math.max(phoneRem, Math.ceil((pixels + padding) / 32) * 2));
}

/** Pixels of the frame and the room within. */
const padding = 18;
const [phoneRem, textRem, columnRem, mostRem] = [20, 48, 52, 96];
const mostInChain = 12;

/** One board, drawn. */
export interface Picture {
  drawn: Drawn;
  /** From top to bottom, where that helps. */
  turned: Drawn | null;
}

interface Drawn {
  nodes: ElementContent[];
  /** Pixels under which it cannot be read. */
  least: number;
}
