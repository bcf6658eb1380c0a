import type { BoardTree } from './compiled-boards.ts';
import type { ObjectReference } from './ranges.ts';

/**
 * The parts of D2.js's answer that are read; the rest of its type is wider than its truth (edges have no
 * ranges).
 */
export interface CompileReply {
  diagram: ReplyDiagram & {
    /** The author's own `d2-config`. */
    config?: Record<string, unknown> | null;
    /** The custom family, where fonts were given. */
    fontFamily?: unknown;
  };
  graph: ReplyGraph;
}

export interface ReplyDiagram extends BoardTree<ReplyDiagram> {
  shapes: { id: string; label: string; language?: string; link: string; icon?: ReplyUrl | null }[];
  connections: {
    id: string;
    src: string;
    dst: string;
    label: string;
    language?: string;
    link: string;
    tooltip: string;
    icon?: ReplyUrl | null;
    srcArrow: string;
    dstArrow: string;
  }[];
  legend?: { shapes?: ReplyDiagram['shapes'] | null } | null;
}

export interface ReplyGraph extends BoardTree<ReplyGraph> {
  ast?: unknown;
  objects?: { references?: ObjectReference[] }[] | null;
  edges?: { index: number; src_arrow: boolean; dst_arrow: boolean }[] | null;
}

/** A URL as Go writes it in JSON. */
export interface ReplyUrl {
  Scheme: string;
  Opaque: string;
  Host: string;
  Path: string;
  RawQuery: string;
  Fragment: string;
}
