import { uniqueBy } from '../base/index.ts';
import { iconsFrom } from './allowed-icons.ts';
import { boardLink, boardsUnder } from './compiled-boards.ts';
import { leastWidth } from './least-width.ts';
import { edgeLinkRange, shapeLinkRange } from './link-ranges.ts';
import {
  edgeRanges,
  type LinedText,
  lined,
  type Mention,
  mentionOf,
  parseRange,
  type Texts,
  valueRanges,
} from './ranges.ts';
import type { CompileReply, ReplyDiagram, ReplyGraph } from './reply.ts';
import type {
  Compiled,
  CompiledDrawing,
  CompiledEdge,
  CompiledShape,
  D2Error,
  D2Input,
  D2Range,
} from './types.ts';

/** The name that the diagram's own text has among D2's virtual files. */
export const ownFile = 'index';

/**
 * What D2's compiler answered, in our terms.
 * @param svgs what each board was drawn as, by its id; the diagram's own has none.
 */
export function compiledFrom(
  { diagram, graph }: CompileReply,
  input: Pick<D2Input, 'source' | 'files'>,
  svgs: ReadonlyMap<string, string>,
): Compiled {
  const texts = cachedTexts(input);
  const links = valueRanges(graph.ast, 'link');
  const leastOf = (id: string) => leastWidth(svgs.get(id) ?? '');
  const own = { ...drawingFrom(diagram, graph, links, texts), least: leastOf('') };
  const further = boardsUnder(diagram, graph);
  const boards = further.map(({ id, kind, name, ...found }) => {
    const drawing = drawingFrom(found.diagram, found.graph, links, texts);
    return { id, kind, name, ...drawing, least: leastOf(id) };
  });
  const drawings = [diagram, ...further.map((board) => board.diagram)];
  const icons = iconsFrom(drawings, [own, ...boards], valueRanges(graph.ast, 'icon'), texts(ownFile));
  return { ok: true, ...own, boards, icons };
}

function drawingFrom(
  diagram: ReplyDiagram,
  graph: ReplyGraph,
  links: Map<string, D2Range>,
  texts: Texts,
): Omit<CompiledDrawing, 'least'> {
  const mentions = new Map<string, Mention[]>();
  const shapes = diagram.shapes.map((shape, at): CompiledShape => {
    const references = graph.objects?.[at]?.references ?? [];
    const own = references.map(mentionOf).filter((mention) => mention !== null);
    mentions.set(shape.id, own);
    return {
      id: shape.id,
      label: shape.label,
      isMarkdown: shape.language === 'markdown',
      link: linkOf(shape.link),
      ranges: uniqueBy(
        own.map((mention) => mention.range),
        JSON.stringify,
      ),
      linkRange: shapeLinkRange(references, links),
    };
  });
  const edges = diagram.connections.flatMap((connection, at): CompiledEdge[] => {
    const { src, dst } = connection;
    // A sequence diagram's lifelines are drawn as connections to nothing.
    if (!mentions.has(src) || !mentions.has(dst)) return [];
    const edge = graph.edges?.[at];
    const ends = {
      index: edge?.index ?? 0,
      sourceArrow: edge?.src_arrow ?? connection.srcArrow !== 'none',
      targetArrow: edge?.dst_arrow ?? connection.dstArrow !== 'none',
    };
    const sources = mentions.get(src) ?? [];
    const found = uniqueBy(edgeRanges(ends, sources, mentions.get(dst) ?? [], texts), JSON.stringify);
    const fallback = sources.find((mention) => mention.endpoint);
    const ranges = found.length > 0 || fallback === undefined ? found : [fallback.range];
    return [
      {
        id: connection.id,
        from: src,
        to: dst,
        label: connection.label,
        isMarkdown: connection.language === 'markdown',
        arrows: arrowsOf(ends.sourceArrow, ends.targetArrow),
        link: linkOf(connection.link),
        tooltip: connection.tooltip || null,
        ranges,
        linkRange: edgeLinkRange(ranges, links),
      },
    ];
  });
  return { shapes, edges };
}

function linkOf(link: string): string | null {
  return boardLink(link) ?? (link || null);
}

/** D2's errors: a JSON list with ranges from the compiler, plain words from everything after it. */
export function errorsFrom(message: string): D2Error[] {
  try {
    const list: unknown = JSON.parse(message);
    if (Array.isArray(list) && list.length > 0) return list.map(errorFrom);
  } catch {
    // Not a list: plain words.
  }
  const [first = ''] = message.split('\n');
  return [{ message: first.replace(/^panic recovered: /, 'D2 failed inside: '), range: null }];
}

function errorFrom(entry: unknown): D2Error {
  const { range, errmsg } = entry as { range?: string; errmsg?: string };
  const place = parseRange(range);
  return { message: (errmsg ?? 'D2 gave no reason').replace(/^[^\n]*?:\d+:\d+: /, ''), range: place };
}

function arrowsOf(source: boolean, target: boolean): 'forward' | 'back' | 'both' | 'none' {
  if (source) return target ? 'both' : 'back';
  return target ? 'forward' : 'none';
}

function cachedTexts({ source, files }: Pick<D2Input, 'source' | 'files'>): Texts {
  const known = new Map<string, LinedText>();
  return (file) => {
    const text = file === ownFile ? source : files[file];
    if (text === undefined) return undefined;
    const found = known.get(file) ?? lined(text);
    known.set(file, found);
    return found;
  };
}
