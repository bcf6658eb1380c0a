import type { Nodes, Parents } from 'mdast';
import { nearest } from '../../base/index.ts';
import {
  below,
  commentOf,
  endingOf,
  offsetOf,
  type Positions,
  placesIn,
  prefixAt,
  readAttributes,
  type Spot,
  toAttributes,
} from '../../markdown/index.ts';
import type { Place } from '../../source/index.ts';
import { type MalformedStatement, malformed } from '../malformed-statement.ts';
import type { StatedPage } from '../statement-kind.ts';
import type { SnapshotStatement } from './types.ts';

/**
 * `<!-- plumbline:table VIEW … -->` with its table and its end, in MDX `{/* plumbline:table VIEW … *​/}`;
 * nothing for any other node. A comment that was meant to be one and is not is a fault, as nobody would see
 * that its table goes stale.
 */
export function snapshotStatement(
  spot: Spot,
  { positions }: StatedPage,
): (SnapshotStatement | MalformedStatement)[] {
  const mark = markOf(spot.node);
  if (!mark || (mark.isEnd && opensBefore(spot.node, spot.ancestors))) return [];
  return [statementAt(mark, spot, positions)];
}

function statementAt(
  mark: Mark,
  { node, ancestors, start, end }: Spot,
  positions: Positions,
): SnapshotStatement | MalformedStatement {
  const place = positions.place(start, end);
  if (mark.isEnd) return malformed(place, `\`/plumbline:${mark.name}\` ends nothing`, example(node));
  if (mark.name !== 'table') {
    const candidates = nearest(mark.name, ['table']);
    const help = candidates.length > 0 ? 'did you mean `table`?' : example(node);
    return malformed(place, `there is no \`plumbline:${mark.name}\``, help, candidates);
  }
  const parent = ancestors.at(-1);
  if (!mark.isAlone || !parent || parent.type === 'paragraph')
    return malformed(place, '`plumbline:table` must stand alone on its line', example(node));
  const siblings = parent.children;
  const after = siblings.slice((siblings as Nodes[]).indexOf(node) + 1);
  const close = after.find((sibling) => markOf(sibling));
  const closing = close && markOf(close);
  if (!close || !closing?.isEnd || closing.name !== 'table' || !closing.isAlone) {
    const why = closing && !closing.isEnd ? 'before the next one begins' : 'in its block';
    return malformed(place, `\`plumbline:table\` has no end ${why}`, example(node));
  }
  return snapshot({ start, end, place, until: offsetOf(close, 'start', positions) }, node, positions);
}

function snapshot(
  { start, end, place, until }: { start: number; end: number; place: Place; until: number },
  node: Nodes,
  positions: Positions,
): SnapshotStatement | MalformedStatement {
  const opening = positions.text.slice(start, end);
  const head = /^.*?plumbline:table/s.exec(opening)?.[0].length ?? 0;
  const tail = /\s*(?:-->|\*\/\s*\})\s*$/.exec(opening)?.index ?? opening.length;
  const { attributes: parts, fault } = readAttributes(positions.text, start + head, start + tail);
  if (fault) {
    const message = `the attributes of \`plumbline:table\` do not parse: ${fault.message}`;
    return malformed(place, message, example(node));
  }
  const [view] = parts;
  // The view stands first and bare; here it gets the name that it has in `::table`.
  const attributes = toAttributes(parts, positions);
  if (view?.value === null) {
    delete attributes[view.text];
    const at = positions.place(view.name.start, view.name.end);
    attributes.view = { value: view.text, place: at, namePlace: at, at: () => at };
  }
  const raw = positions.text.slice(end, until).split('\n').slice(1, -1);
  const body = raw.map((line) => line.replace(/\r$/, '').replace(/^[\s>]+/, '')).join('\n');
  const prefix = prefixAt(start, positions);
  const isMdx = node.type !== 'html';
  return {
    type: 'snapshot',
    place,
    attributes,
    body,
    bodyPlace: positions.place(end, until),
    written(text) {
      const table = isMdx ? withoutBraces(text.trimEnd()) : text.trimEnd();
      return below(`\n${table}\n\n`, prefix, positions) + endingOf(positions) + prefix;
    },
    placeOf: placesIn(body, positions.pointAt(end).line + 1, positions),
  };
}

/** Braces begin an expression in MDX, but not in code. */
function withoutBraces(text: string): string {
  return text.replaceAll(/(`+)[^`]*\1|[{}]/g, (found) => (found.length === 1 ? `\\${found}` : found));
}

/** A beginning or an end of a snapshot; null for any other node. */
export function markOf(node: Nodes): Mark | null {
  const comment = commentOf(node);
  const match = /^\s*(\/?)\s*plumbline:([\w-]*)/.exec(comment?.text ?? '');
  if (!comment || !match) return null;
  const [, slash, name = ''] = match;
  return { isEnd: slash === '/', name, isAlone: comment.isWhole && comment.isBlock };
}

/** True where the mark before an end, in the same block, is a beginning. */
function opensBefore(node: Nodes, ancestors: Parents[]): boolean {
  const siblings = ancestors.at(-1)?.children ?? [];
  const before = siblings.slice(0, (siblings as Nodes[]).indexOf(node));
  const last = before.flatMap((sibling) => markOf(sibling) ?? []).at(-1);
  return last !== undefined && !last.isEnd;
}

function example(node: Nodes): string {
  return node.type === 'html'
    ? 'write <!-- plumbline:table waves --> above the table and <!-- /plumbline:table --> below, each on a line of its own'
    : 'write {/* plumbline:table waves */} above the table and {/* /plumbline:table */} below, each on a line of its own';
}

interface Mark {
  isEnd: boolean;
  name: string;
  /** Nothing else stands in its node. */
  isAlone: boolean;
}
