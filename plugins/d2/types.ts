/** One diagram's text, with the files that it may import. */
export interface D2Input {
  source: string;
  /** Virtual files beside the source: `gitops/classes.d2` is what `@gitops/classes` imports. */
  files: Record<string, string>;
  layout: 'dagre' | 'elk';
}

/** Zero-based line and UTF-16 column in `file`; the diagram's own text is `index`. */
export interface D2Range {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface CompiledShape {
  /** Absolute id, such as `Projects.obs`. */
  id: string;
  label: string;
  link: string | null;
  /** Where it is written, first mention first. */
  ranges: D2Range[];
  /** Where its link is written, quotes included, where the diagram's own text has it; null for what an import brought. */
  linkRange: D2Range | null;
}

export interface CompiledEdge {
  id: string;
  from: string;
  to: string;
  label: string;
  /** With both ends arrowed, or none, it states both ways. */
  arrows: 'forward' | 'back' | 'both' | 'none';
  link: string | null;
  ranges: D2Range[];
}

export interface D2Error {
  message: string;
  range: D2Range | null;
}

export type Compiled =
  | { ok: true; shapes: CompiledShape[]; edges: CompiledEdge[]; boards: CompiledBoard[] }
  | { ok: false; errors: D2Error[] };

/** A further board of a diagram: a layer of its own, a scenario over the base, or a step after the one before. */
export interface CompiledBoard {
  /** Path of keywords and names, such as `layers.detail` or `layers.detail.steps.one`: unique in the diagram. */
  id: string;
  kind: 'layer' | 'scenario' | 'step';
  name: string;
  shapes: CompiledShape[];
  edges: CompiledEdge[];
}

export interface RenderOptions {
  /** Makes ids and class names unique on a page. */
  salt: string;
  title: string;
  description: string;
  /** href (and accessible name) for a shape's `link`; null drops the link. */
  resolveLink: (link: string, shape: string) => { href: string; title: string } | null;
  /** Which board; without it the diagram's own. */
  board?: string;
  /** What a reader is told who points at a shape or an edge, such as the manifest's line; null for nothing. */
  tip?: (of: 'shape' | 'edge', id: string) => string | null;
  /** For a file of its own: carries the stylesheet and the namespace with it. */
  standalone?: boolean;
}
