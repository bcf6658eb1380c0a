import type { Compiled, CompiledBoard, D2, D2Input } from '../d2/index.ts';
import type { Attributes, PageIndex } from '../markdown/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Query } from '../query/index.ts';
import type { Place } from '../source/index.ts';

/** Something that a page says, taken out of its Markdown, with the place it is said at. */
export type Statement =
  | TableStatement
  | DiagramStatement
  | FenceStatement
  | FactStatement
  | ClaimStatement
  | PathStatement
  | ReferenceStatement
  | ExcerptStatement
  | SnapshotStatement
  | CommandStatement
  | LinkStatement
  | MalformedStatement;

interface StatementBase {
  place: Place;
}

export interface TableStatement extends StatementBase {
  type: 'table';
  attributes: Attributes;
}
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
export interface FactStatement extends StatementBase {
  type: 'fact';
  /** The literal between the brackets; empty where it is filled in. */
  literal: string;
  /** Place of the literal. */
  literalPlace: Place;
  attributes: Attributes;
}
export interface ClaimStatement extends StatementBase {
  type: 'claim';
  /** The sentence, as plain text. */
  text: string;
  attributes: Attributes;
}
/** Inline code that is a path or glob under a manifest root. */
export interface PathStatement extends StatementBase {
  type: 'path';
  pattern: string;
}
/** Inline code of the form `Kind/name` or `Kind/namespace/name`. */
export interface ReferenceStatement extends StatementBase {
  type: 'reference';
  text: string;
}

/** A fence that shows a part of a file: ` ```yaml source="…" at="…" `. */
export interface ExcerptStatement extends StatementBase {
  type: 'excerpt';
  attributes: Attributes;
  /** Language of the fence. */
  language: string;
  /** What opens and closes the fence: three backticks or tildes, or more. */
  marks: string;
  /** The fence's own lines, with line feeds and without what a list or quote puts before them. */
  body: string;
  /** Place of the body, from the end of the opening line to the end of its last line; empty where the fence is. */
  bodyPlace: Place;
  /** What would stand at `bodyPlace` for another text: with what a list or quote puts before each line. */
  written(body: string): string;
  /** Place in the page of a zero-based line and column range of `body`. */
  placeOf(range: { line: number; column: number; endLine: number; endColumn: number }): Place;
}
/** A table written out between `<!-- plumbline:table VIEW … -->` and `<!-- /plumbline:table -->`, for pages read on a Git host. */
export interface SnapshotStatement extends StatementBase {
  type: 'snapshot';
  attributes: Attributes;
  /** The lines between the two comments, with line feeds and without what a list or quote puts before them. */
  body: string;
  /** From the end of the one comment to the beginning of the other. */
  bodyPlace: Place;
  /** What would stand at `bodyPlace` for another table. */
  written(body: string): string;
  /** Place in the page of a zero-based line and column range of `body`. */
  placeOf(range: { line: number; column: number; endLine: number; endColumn: number }): Place;
}
/** One command of a shell fence whose program is known here (`kubectl`, `argocd`, `helm`, `kustomize`). Looked up, never run. */
export interface CommandStatement extends StatementBase {
  type: 'command';
  program: string;
  /** What follows the program, expansions and substitutions marked. */
  words: CommandWord[];
  page: ShellPage;
}
/** The commands of one page, which make things that its other commands speak of. */
export interface ShellPage {
  /** Absolute path of the page; null where it has no file. */
  path: string | null;
  commands: CommandStatement[];
  /** True where one of its fences changes the folder that relative paths begin in. */
  moves: boolean;
}
export interface CommandWord {
  /** Without its quotes and escapes. */
  text: string;
  place: Place;
  /** Holds an expansion, a substitution or a placeholder such as `<name>`: what it says is not known. */
  open: boolean;
}
/** A link or image of the page that leads to another page, a heading, or a file of the repository. */
export interface LinkStatement extends StatementBase {
  type: 'link';
  /** As written. */
  url: string;
  kind: 'link' | 'image';
  /** Absolute path of the page; null where it has no file. */
  path: string | null;
}

/** Something that was meant to be one of the above and is not: a directive that did not parse, an attribute in the wrong place. */
export interface MalformedStatement extends StatementBase {
  type: 'malformed';
  message: string;
  help: string;
  candidates: string[];
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
  /** The same as rows, for "as a table": shapes with what they stand for, edges with their relation. */
  edges: DrawnEdge[];
  folded: string[];
  /** Further boards, in their order. */
  boards: DrawnBoard[];
}

export interface DrawnEdge {
  id: string;
  from: string;
  to: string;
  label: string;
  relation: string | null;
  /** Where the relation is declared; null for an edge that stands for none. */
  origin: Place | null;
}

export interface DrawnBoard extends Pick<CompiledBoard, 'id' | 'kind' | 'name' | 'shapes'> {
  bound: Record<string, string>;
  description: string;
  edges: DrawnEdge[];
}

/** What a statement is held against. */
export interface CheckContext {
  platform: Platform;
  query: Query;
  d2: D2;
  pages: PageIndex;
}
