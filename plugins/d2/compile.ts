import {
  edgeRanges,
  type LinedText,
  lined,
  linkRanges,
  type Mention,
  mentionOf,
  type ObjectReference,
  parseRange,
} from './ranges.ts';
import type { Compiled, CompiledShape, D2Error, D2Input, D2Range } from './types.ts';

/** The name that the diagram's own text has among D2's virtual files. */
export const ownFile = 'index';

/** What D2's compiler answered, in our terms. */
export function compiledFrom(reply: CompileReply, input: Pick<D2Input, 'source' | 'files'>): Compiled {
  const texts = cachedTexts(input);
  const links = linkRanges(reply.graph.ast);
  const mentions = new Map<string, Mention[]>();
  const shapes = reply.diagram.shapes.map((shape, at): CompiledShape => {
    const references = reply.graph.objects?.[at]?.references ?? [];
    const own = references.map(mentionOf).filter((mention) => mention !== null);
    mentions.set(shape.id, own);
    return {
      id: shape.id,
      label: shape.label,
      link: shape.link || null,
      ranges: unique(own.map((mention) => mention.range)),
      linkRange: linkRangeOf(references, links),
    };
  });
  const edges = reply.diagram.connections.flatMap((connection, at) => {
    const { src, dst } = connection;
    // A sequence diagram's lifelines are drawn as connections to nothing.
    if (!mentions.has(src) || !mentions.has(dst)) return [];
    const edge = reply.graph.edges?.[at];
    const ends = {
      index: edge?.index ?? 0,
      sourceArrow: edge?.src_arrow ?? connection.srcArrow !== 'none',
      targetArrow: edge?.dst_arrow ?? connection.dstArrow !== 'none',
    };
    const sources = mentions.get(src) ?? [];
    const targets = mentions.get(dst) ?? [];
    const ranges = edgeRanges(ends, sources, targets, texts);
    const fallback = sources.find((mention) => mention.endpoint);
    return {
      id: connection.id,
      from: src,
      to: dst,
      label: connection.label,
      arrows: arrowsOf(ends.sourceArrow, ends.targetArrow),
      link: connection.link || null,
      ranges: unique(ranges.length > 0 || fallback === undefined ? ranges : [fallback.range]),
    };
  });
  return { ok: true, shapes, edges, boards: [] };
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

function linkRangeOf(references: ObjectReference[], links: Map<string, D2Range>): D2Range | null {
  let last: D2Range | null = null;
  for (const { key, key_path_index: at, map_key_edge_index: edge } of references) {
    const length = key?.path?.length ?? 0;
    // `obs: { link: … }` belongs to the whole key, `obs.link: …` to all of it but its last part.
    if (key === undefined || edge >= 0 || at < length - 2) continue;
    const range = links.get(key.range);
    const dotted = range !== undefined && endsWithLink(key.path);
    if (range !== undefined && at === length - (dotted ? 2 : 1)) last = range;
  }
  return last;
}

function endsWithLink(path: NonNullable<ObjectReference['key']>['path']): boolean {
  const parts = path?.at(-1)?.unquoted_string?.value ?? [];
  return (
    (path?.length ?? 0) > 1 &&
    parts
      .map((part) => part.string ?? '')
      .join('')
      .toLowerCase() === 'link'
  );
}

function arrowsOf(source: boolean, target: boolean): 'forward' | 'back' | 'both' | 'none' {
  if (source) return target ? 'both' : 'back';
  return target ? 'forward' : 'none';
}

function unique(ranges: D2Range[]): D2Range[] {
  const seen = new Set<string>();
  return ranges.filter((range) => {
    const key = JSON.stringify(range);
    return !seen.has(key) && seen.add(key);
  });
}

function cachedTexts({
  source,
  files,
}: Pick<D2Input, 'source' | 'files'>): (file: string) => LinedText | undefined {
  const known = new Map<string, LinedText>();
  return (file) => {
    const text = file === ownFile ? source : files[file];
    if (text === undefined) return undefined;
    const found = known.get(file) ?? lined(text);
    known.set(file, found);
    return found;
  };
}

/** The parts of D2.js's answer that are read; the rest of its type is wider than its truth (edges have no ranges). */
export interface CompileReply {
  diagram: {
    /** The author's own `d2-config`. */
    config?: Record<string, unknown> | null;
    /** The custom family, where fonts were given. */
    fontFamily?: unknown;
    shapes: { id: string; label: string; link: string }[];
    connections: {
      id: string;
      src: string;
      dst: string;
      label: string;
      link: string;
      srcArrow: string;
      dstArrow: string;
    }[];
  };
  graph: {
    ast?: unknown;
    objects?: { references?: ObjectReference[] }[] | null;
    edges?: { index: number; src_arrow: boolean; dst_arrow: boolean }[] | null;
  };
}
