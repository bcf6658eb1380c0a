import type { Said } from '../base/index.ts';
import type { Model, RelationType, Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Query, QueryError, Subject, SubjectKind } from '../query/index.ts';
import type { Origin } from '../render/index.ts';
import type { Place, Unverified } from '../source/index.ts';

/** What an author may ask of a table; every attribute of `::table`. */
export interface TableOptions {
  view: string;
  /** CEL over a row. */
  where?: string | undefined;
  /** `name, wave, hosts = spec.hostnames`: names of the view's columns, or `label = CEL`. */
  columns?: string | undefined;
  /** Column name, `-name` for descending; several with commas. */
  sort?: string | undefined;
  /** Column name whose value heads a group of rows. */
  group?: string | undefined;
  caption?: string | undefined;
  limit?: string | undefined;
  /** Why there may be no row. */
  empty?: string | undefined;
}

export interface Table {
  view: string;
  caption: string;
  /** Of a caption that is ours, for another language. */
  said?: Said;
  columns: Column[];
  rows: Row[];
  /** Rows before `limit`. */
  total: number;
  /** What the rows could not know. */
  unverified: Unverified[];
  /** Why there is no row, in its author's words. */
  empty?: string;
}

interface Column {
  name: string;
  label: string;
  /** Of a label that is ours, for another language. */
  said?: Said;
  align?: 'right';
}

/** A cell: text, or a list of cells (`items`), with what it points at. */
export interface Cell {
  text: string;
  /** Of a text that is ours, for another language. */
  said?: Said;
  items?: Cell[];
  /** Id of the resource that the text names. */
  ref?: string;
  /** A place in a file that the text names. */
  place?: Place;
  code?: boolean;
  tone?: 'good' | 'bad' | 'warn' | 'muted';
}

export interface Row {
  /** Stable and unique in the table. */
  id: string;
  cells: Cell[];
  /** Whether something that is not read could change what it says, or take it away. */
  isOpen?: boolean;
  /** The line that a person edits to change this row. */
  origin: Origin | Place | null;
  /** Heading of the row's group, with `group`. */
  group?: string;
  /** Of a heading that is ours, for another language. */
  groupSaid?: Said;
}

/** Why a view could not be made: each becomes a diagnostic at the attribute that is at fault. */
export interface ViewFault {
  attribute: keyof TableOptions | string;
  message: string;
  candidates: string[];
  /** How to go on, where that is no matter of a name. */
  help?: string;
  query?: QueryError;
  /**
   * Where in the attribute's value, from 0, and how long; the whole where left out. With `query`, its
   * expression begins at `offset`.
   */
  offset?: number;
  length?: number;
}

export interface TableView {
  name: string;
  title: string;
  /** One sentence for the list of views. */
  summary: string;
  columns: ViewColumn[];
  /** More after these, of what a platform has: their labels are its own names. */
  columnsIn?(model: Model): ViewColumn[];
  /** Kind of subject that `where` and custom columns speak of. */
  subject: SubjectKind;
  /** One row a subject; a view may leave subjects out or give several. */
  rows(platform: Platform, query: Query): ViewRow[];
  /**
   * The row of a subject, where each has one with an id of its own, in the order of the subjects: then only
   * those are made that are shown.
   */
  rowOf?(subject: Subject, platform: Platform): ViewRow;
  /** Condition in CEL of every subject that has a row; left out where all have. */
  only?: string;
  /**
   * What else could not be known about the rows that were selected, where they are about no subject of the
   * model.
   */
  unverified?(platform: Platform, rows: ViewRow[]): Unverified[];
}

export interface ViewColumn extends Column {
  /** Left out unless named in `columns`. */
  hidden?: boolean;
  /** The same for one platform, over `hidden`. */
  hiddenIn?(model: Model): boolean;
  /**
   * What it is in an expression about the subject, where neither its name nor `shownAs` of the subject says
   * so; null for what the view works out itself.
   */
  cel?: string | null;
  /** What it holds, as a phrase of Markdown; what the field that it shows holds where left out. */
  says?: string;
}

export interface ViewRow {
  id: string;
  subject: Subject;
  cells: Record<string, Cell>;
  origin: Origin | Place | null;
}

/** A drawing as data; `d2` writes it down. */
export interface Diagram {
  title: string;
  description: string;
  direction: 'right' | 'down';
  nodes: DiagramNode[];
  edges: DiagramEdge[];
  /** What was folded, in words; empty where nothing was. */
  folded: string[];
  /** What of these words is ours, for another language. */
  said: DiagramWords;
  unverified: Unverified[];
}

export interface DiagramWords {
  /** Null for a title of the author's. */
  title: Said | null;
  description: Said[];
  folded: (Said | string)[];
}

export interface DiagramNode {
  /** Unique in the diagram; letters, digits, `-`, `_`. */
  id: string;
  /** Node that contains it. */
  parent: string | null;
  label: string;
  /**
   * Class of `@gitops/classes`: bootstrap, gitops, project, set, application, namespace, source, sensor,
   * action, policy, secret, store, route, workload, more.
   */
  class: string;
  /** Id of the resource it stands for. */
  ref: string | null;
}

export interface DiagramEdge {
  from: string;
  to: string;
  label: string;
  /** `precedes` orders steps; it stands between no two resources. */
  type: RelationType | 'precedes';
}

/** What an author may ask of a drawing; every attribute of `::diagram`. */
export interface DiagramOptions {
  view: string;
  /** CEL over what the view draws (its `subject`). */
  where?: string | undefined;
  /** Reference of the resource that `around` is about. */
  of?: string | undefined;
  title?: string | undefined;
}

export interface DiagramView {
  name: string;
  title: string;
  /** One sentence for the list of views. */
  summary: string;
  direction: Diagram['direction'];
  /** Kind of subject that `where` speaks of; null where the view takes `of` in its place. */
  subject: SubjectKind | null;
  /** Fields of the subjects that the drawing rests on, besides that they are there. */
  reads?: readonly string[];
  draw(platform: Platform, selection: DiagramSelection): Drawing;
}

interface DiagramSelection {
  subjects: Subject[];
  /** The resource of `of`, for a view whose `subject` is null. */
  of: Resource | null;
}

/** A drawing before it is folded. */
export interface Drawing {
  nodes: DrawingNode[];
  edges: DiagramEdge[];
  /** One or two sentences of what is shown. */
  description: Said;
}

export interface DrawingNode extends DiagramNode {
  /** What folding goes by; null where the shape is never folded. */
  fold: { application: string | null; kind: string } | null;
}
