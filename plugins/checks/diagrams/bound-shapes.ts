import { isPathMisspelt, nearest } from '../../base/index.ts';
import { boardLink, type CompiledDrawing, safeHref } from '../../d2/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Place } from '../../source/index.ts';
import { diagnose, suggestion } from '../diagnose.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { type NotFound, resolve } from '../resolve.ts';
import { diagramInvalid } from '../rules/pages/diagram-invalid.ts';
import { diagramReferenceUnknown } from '../rules/pages/diagram-reference-unknown.ts';
import { sourceOf } from '../subjects.ts';
import type { CheckContext, FenceStatement } from '../types.ts';
import { placeOf } from './fence-place.ts';

/**
 * What the shapes and edges of one board stand for, and what is wrong with their links: one to a resource that is not there, to a
 * board that is not there, to an address that could run something, or one that D2 drops without a word.
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
  for (const item of [...drawing.shapes, ...drawing.edges]) {
    const { id, link, linkRange } = item;
    const place = placeOf(statement, [linkRange, ...item.ranges]);
    const board = boardLink(link ?? '');
    if (link === null) {
      const text = linkRange ? written(statement, linkRange) : 'null';
      // In D2 `null` takes back a link of the base or of a class.
      if (text !== 'null') diagnostics.push(droppedLink(id, text, place, drawing, boards));
    } else if (board !== null) {
      if (board !== 'root' && !boards.includes(board))
        diagnostics.push(unknownBoard(board, place, drawing, boards));
    } else if (link.startsWith('gitops:')) {
      const resolution = resolve(context.platform, link.slice('gitops:'.length));
      if (resolution.ok) bound.set(id, resolution.resource);
      else diagnostics.push(unknownReference(id, link, resolution, place, context));
    } else if (!safeHref(link)) {
      diagnostics.push(unsafeLink(link, place));
    }
  }
  return { drawing: { ...drawing, bound }, diagnostics };
}

/** The text of a link as its author wrote it, without its quotes. */
function written(
  { source }: FenceStatement,
  range: { line: number; column: number; endColumn: number },
): string {
  const text = (source.split('\n')[range.line] ?? '').slice(range.column, range.endColumn);
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}

function unsafeLink(link: string, page: Place): Diagnostic {
  return diagnose(diagramInvalid, {
    about: `link ${link}`,
    page,
    message: `a link may not use the scheme of \`${link.trim().slice(0, 60)}\``,
    help: 'use a relative link, `https:`, or `gitops:Kind/name`',
  });
}

/** D2 drops a link that is neither a URL nor one of its boards, without a word. */
function droppedLink(id: string, link: string, page: Place, drawing: Drawing, boards: string[]): Diagnostic {
  // An escape such as `\t` is a character of the address.
  const bare = link.replace(/\\[a-z]/g, '').trim();
  const reference = bare.startsWith('gitops:');
  if (!reference && !safeHref(bare)) return unsafeLink(link, page);
  if (boardLink(link.replace(/^(?:_\.)+/, '').toLowerCase()) !== null)
    return unknownBoard(link, page, drawing, boards);
  return diagnose(diagramInvalid, {
    about: `dropped link ${id}`,
    page,
    message: `D2 drops the link of \`${id}\`: it is neither a URL nor a board of the diagram`,
    candidates: reference ? [bare] : [],
    help: 'begin a relative link with `./` or `/`; other links are `https:`, `gitops:Kind/name` and boards (`layers.name`)',
  });
}

function unknownBoard(link: string, page: Place, { id }: Drawing, boards: string[]): Diagnostic {
  // As it would be written here: what lies in this board by its own name, everything else from the root.
  const names = boards.map((board) => {
    if (id === '') return board;
    return board.startsWith(`${id}.`) ? board.slice(id.length + 1) : `root.${board}`;
  });
  const candidates = nearest(link, names);
  return diagnose(diagramInvalid, {
    about: `board ${link}`,
    page,
    message: `the diagram draws no board \`${link}\``,
    expected: boards.length > 0 ? 'a board of this diagram' : 'a board, of which this diagram has none',
    actual: `\`${link}\``,
    candidates,
    help:
      suggestion(candidates, names) ??
      'boards are named under `layers`, `scenarios` or `steps`: https://d2lang.com/tour/composition',
  });
}

function unknownReference(
  id: string,
  link: string,
  found: NotFound,
  page: Place,
  { platform }: CheckContext,
): Diagnostic {
  const reference = link.slice('gitops:'.length);
  const candidates = found.candidates.map((candidate) => `gitops:${candidate}`);
  return diagnose(diagramReferenceUnknown, {
    about: `${id}|${reference}`,
    page,
    message: found.ambiguous
      ? `\`${id}\` stands for \`${reference}\`, which names ${candidates.length} resources: say which`
      : `\`${id}\` stands for \`${reference}\`, which no manifest declares`,
    sources: found.nearest
      .slice(0, 3)
      .map((resource) => sourceOf(platform, resource, 'nearest', ['metadata', 'name'])),
    expected: 'the name of one resource',
    actual: found.searched,
    candidates,
    help: suggestion(candidates) ?? 'bind it to a resource that exists, or drop its link',
    ...certainLink(link, candidates, page),
  });
}

/** The one right link, where the place is that of the written one, with its quotes or without. */
function certainLink(link: string, [only, ...others]: string[], page: Place): Pick<Diagnostic, 'fix'> {
  const extra = page.line === page.endLine ? page.endColumn - page.column - link.length : -1;
  if (only === undefined || others.length > 0 || !isPathMisspelt(link, only)) return {};
  if (extra !== 0 && extra !== 2) return {};
  return { fix: { replacement: extra === 0 ? only : `"${only}"` } };
}

/** A board of a fence; the diagram's own has an empty id. */
export type Drawing = CompiledDrawing & { id: string };

/** A board with the resources that its shapes and edges stand for, by the ids of these. */
export type BoundDrawing = Drawing & { bound: Map<string, Resource> };

interface Bindings {
  drawing: BoundDrawing;
  diagnostics: Diagnostic[];
}
