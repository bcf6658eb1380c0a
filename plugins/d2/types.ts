/** One diagram's text, with the files that it may import. */
export interface D2Input {
  source: string;
  /** Virtual files beside the source: `gitops/classes.d2` is what `@gitops/classes` imports. */
  files: Record<string, string>;
  layout: 'dagre' | 'elk';
  /**
   * Pictures by the address that an icon has after compiling, each a `data:` URI. They are put in when a
   * drawing is finished: it is compiled and kept without them. An icon that has none here is not drawn.
   */
  icons?: Record<string, string>;
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
  /** Its label is Markdown, which may hold links of its own. */
  isMarkdown: boolean;
  /** As written, but for a link to a board: that is the board's id, and `root` for the diagram's own. */
  link: string | null;
  /** Where it is written, first mention first. */
  ranges: D2Range[];
  /**
   * Where its link is written, quotes included, where the diagram's own text has it; null for what an import
   * brought.
   */
  linkRange: D2Range | null;
}

export interface CompiledEdge {
  id: string;
  from: string;
  to: string;
  label: string;
  isMarkdown: boolean;
  /** With both ends arrowed, or none, it states both ways. */
  arrows: 'forward' | 'back' | 'both' | 'none';
  link: string | null;
  /** The author's; D2 itself draws none on an edge. */
  tooltip: string | null;
  ranges: D2Range[];
  linkRange: D2Range | null;
}

/** A picture that the diagram asks for, on any of its boards. */
export interface CompiledIcon {
  /**
   * A path relative to the diagram's text, the folder of an import put before it; or the address of something
   * that is no file.
   */
  address: string;
  file: boolean;
  /** Where it is asked for; the shape, where an import or a class brought it. */
  ranges: D2Range[];
}

export interface D2Error {
  message: string;
  range: D2Range | null;
}

/** What is drawn on one board. */
export interface CompiledDrawing {
  shapes: CompiledShape[];
  edges: CompiledEdge[];
  /** Pixels under which its texts would be too small to read. */
  least: number;
}

/** The diagram's own board, and those beside it. */
export interface CompiledDiagram extends CompiledDrawing {
  ok: true;
  /** In the order of the text; one that holds only further boards has no shapes. */
  boards: CompiledBoard[];
  icons: CompiledIcon[];
}

/** `unfinished`: why D2 came to no end, which says nothing of the text; it has no errors then. */
export type Compiled = CompiledDiagram | { ok: false; errors: D2Error[]; unfinished?: string };

/**
 * A further board of a diagram: a layer of its own, a scenario over the base, or a step after the one before.
 */
export interface CompiledBoard extends CompiledDrawing {
  /**
   * Path of keywords and names, such as `layers.detail` or `layers.detail.steps.one`: unique in the diagram.
   */
  id: string;
  kind: 'layer' | 'scenario' | 'step';
  name: string;
}

export interface RenderOptions {
  /** Makes ids and class names unique on a page. */
  salt: string;
  title: string;
  description: string;
  /** href (and accessible name) for a shape's `link`, of which a board's id is one; null drops the link. */
  resolveLink: (link: string, shape: string) => { href: string; title: string } | null;
  /** Which board; without it the diagram's own, or the first one with shapes where that is empty. */
  board?: string;
  /**
   * What a reader is told who points at a shape or an edge, such as the manifest's line; null for nothing.
   */
  tip?: (of: 'shape' | 'edge', id: string) => string | null;
  /** For a file of its own: carries the stylesheet and the namespace with it. */
  standalone?: boolean;
}
