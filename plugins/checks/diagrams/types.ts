import type { Said } from '../../base/index.ts';
import type { Compiled, CompiledBoard, D2Input } from '../../d2/index.ts';
import type { Attributes } from '../../markdown/index.ts';
import type { Place } from '../../source/index.ts';
import type { DiagramWords } from '../../views/index.ts';
import type { Lead } from '../links/types.ts';
import type { StatementBase } from '../types.ts';

/** `::diagram{view=… where=…}`. */
export interface DiagramStatement extends StatementBase {
  type: 'diagram';
  attributes: Attributes;
}

/** A ` ```d2 ` fence. */
export interface FenceStatement extends StatementBase {
  type: 'd2';
  attributes: Attributes;
  source: string;
  /** Absolute path of the page, whose neighbours the fence may import; null where there is no file. */
  path: string | null;
  /** Title of the section that it stands in, used where it has no title of its own. */
  heading: string | null;
  /** Place in the page of a zero-based line and column range of `source`. */
  placeOf(range: { line: number; column: number; endLine: number; endColumn: number }): Place;
}

/** A diagram that holds: what D2 gets, and which resource each link stands for. */
export interface DrawnDiagram {
  input: D2Input;
  compiled: Extract<Compiled, { ok: true }>;
  /** View that drew it; null for a fence. */
  view: string | null;
  /** Resource id by shape id. */
  bound: Record<string, string>;
  title: string;
  description: string;
  /** What of its words is ours, for another language. */
  said: DiagramWords;
  /** The same as rows, for "as a table": shapes with what they stand for, edges with their relation. */
  edges: DrawnEdge[];
  folded: string[];
  /** Further boards, in their order. */
  boards: DrawnBoard[];
  /** Where links to files of the repository lead on the site, by the link as it is written. */
  leads: Record<string, Lead>;
}

export interface DrawnEdge {
  id: string;
  /** Ids of the shapes that it goes from and to; their labels are `from` and `to`. */
  ends: readonly [from: string, to: string];
  from: string;
  to: string;
  label: string;
  relation: string | null;
  /** Where the relation is declared; null for an edge that stands for none. */
  origin: Place | null;
}

export interface DrawnBoard extends Pick<CompiledBoard, 'id' | 'kind' | 'name' | 'shapes' | 'least'> {
  bound: Record<string, string>;
  description: string;
  /** The same, for another language. */
  said: Said;
  edges: DrawnEdge[];
}
