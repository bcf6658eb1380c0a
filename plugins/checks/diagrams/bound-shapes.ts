import { boardLink, type CompiledDrawing, safeHref } from '../../d2/index.ts';
import type { Resource } from '../../model/index.ts';
import { mayBeUnread } from '../../platform/index.ts';
import type { Unverified } from '../../source/index.ts';
import { unverifiedFrom } from '../../views/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { resolve } from '../resolve.ts';
import { droppedLink, unknownBoard, unsafeLink } from '../rules/pages/diagram-invalid.ts';
import { unknownShape } from '../rules/pages/diagram-reference-unknown.ts';
import type { CheckContext } from '../types.ts';
import { placeOf } from './fence-place.ts';
import type { FenceStatement } from './types.ts';

/**
 * What the shapes and edges of one board stand for, and what is wrong with their links: one to a resource
 * that is not there, to a board that is not there, to an address that could run something, or one that D2
 * drops without a word.
 * @param boards ids of the boards that a link can lead to.
 */
export function bindingsOf(
  statement: FenceStatement,
  drawing: Drawing,
  boards: string[],
  context: CheckContext,
): Bindings {
  const bound = new Map<string, Resource>();
  const diagnostics: Diagnostic[] = [];
  const unverified: Unverified[] = [];
  for (const item of [...drawing.shapes, ...drawing.edges]) {
    const { id, link, linkRange } = item;
    const place = placeOf(statement, [linkRange, ...item.ranges]);
    const board = boardLink(link ?? '');
    if (link === null) {
      const text = linkRange ? written(statement, linkRange) : 'null';
      // In D2 `null` takes back a link of the base or of a class.
      if (text !== 'null') diagnostics.push(droppedLink(id, text, place, drawing.id, boards));
    } else if (board !== null) {
      if (board !== 'root' && !boards.includes(board))
        diagnostics.push(unknownBoard(board, place, drawing.id, boards));
    } else if (link.startsWith('gitops:')) {
      const resolution = resolve(context.platform, link.slice('gitops:'.length));
      const unread = mayBeUnread(context.platform, link.slice('gitops:'.length));
      if (resolution.ok) bound.set(id, resolution.resource);
      else if (unread.length > 0) unverified.push(...unverifiedFrom(unread));
      else diagnostics.push(unknownShape(id, link, resolution, place, context.platform));
    } else if (!safeHref(link)) {
      diagnostics.push(unsafeLink(link, place));
    }
  }
  return { drawing: { ...drawing, bound }, diagnostics, unverified };
}

/** The text of a link as its author wrote it, without its quotes. */
function written(
  { source }: FenceStatement,
  range: { line: number; column: number; endColumn: number },
): string {
  const text = (source.split('\n')[range.line] ?? '').slice(range.column, range.endColumn);
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}

/** A board of a fence; the diagram's own has an empty id. */
export type Drawing = CompiledDrawing & { id: string };

/** A board with the resources that its shapes and edges stand for, by the ids of these. */
export type BoundDrawing = Drawing & { bound: Map<string, Resource> };

interface Bindings {
  drawing: BoundDrawing;
  diagnostics: Diagnostic[];
  /** What could hold a resource that a link names and no manifest declares. */
  unverified: Unverified[];
}
