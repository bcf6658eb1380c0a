import type { Positions, Spot } from '../../markdown/index.ts';
import { placesIn, readAttributes, toAttributes } from '../../markdown/index.ts';
import type { StatedPage } from '../statement-kind.ts';
import type { FenceStatement } from './types.ts';

/** A ` ```d2 ` fence with its options, and the way from a place in its text to a place in the page. */
export function fenceStatement(
  { node, start, heading }: Spot,
  { positions, path }: StatedPage,
): FenceStatement[] {
  if (node.type !== 'code' || node.lang?.toLowerCase() !== 'd2') return [];
  const first = positions.pointAt(start);
  const opening = positions.lineOf(first.line);
  const info = /^(?:`{3,}|~{3,})\s*[^\s`]+/.exec(opening.text.slice(first.column - 1))?.[0] ?? '';
  const metaStart = start + info.length;
  const metaEnd = opening.start + opening.text.length;
  const { attributes, fault } = readAttributes(positions.text, metaStart, metaEnd);
  if (fault) {
    // What does not parse is one unknown option: the check then names those that there are.
    const name = { start: fault.at, end: metaEnd };
    attributes.push({ text: positions.text.slice(fault.at, metaEnd).trim(), name, value: null });
  }
  const source = node.value.replaceAll('\r\n', '\n');
  const statement: FenceStatement = {
    type: 'd2',
    place: positions.place(start, metaEnd),
    attributes: toAttributes(attributes, positions),
    source,
    path,
    heading,
    placeOf: placesIn(source, first.line + 1, positions),
  };
  return [statement];
}

/**
 * A file of D2 by itself. What may back its edges is said by the fence that imports it, so nothing is asked
 * of them.
 */
export function fileStatement(positions: Positions, path: string): FenceStatement {
  const place = positions.place(0, 1);
  const edges = { value: 'unchecked: in a file', place, namePlace: place, at: () => place };
  const source = positions.text.replaceAll('\r\n', '\n');
  const placeOf = placesIn(source, 1, positions);
  return { type: 'd2', place, attributes: { edges }, source, path, heading: null, placeOf };
}
