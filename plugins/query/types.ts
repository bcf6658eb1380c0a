import type { JsonValue } from '../base/index.ts';
import type { Resource } from '../model/index.ts';
import type { UnreadPart } from '../platform/index.ts';
import type { Subject, SubjectKind, SubjectOf } from './subjects/index.ts';

export interface QueryError {
  /** What is wrong, in one sentence, without the position. */
  message: string;
  expression: string;
  /** Where in the expression, from 0, and how long; the whole where unknown. */
  offset: number;
  length: number;
  /** Nearest known names. */
  candidates: string[];
  /** How to write it, where that is known. */
  help: string | null;
  /**
   * `syntax`: does not parse; `unknown`: no such name or function; `absent`: a key that no row has;
   * `missing`: this one row has none; `type`: an operation that does not fit its values; `limit`: too long or
   * too much work.
   */
  reason: QueryErrorReason;
}

export type QueryErrorReason = 'syntax' | 'unknown' | 'absent' | 'missing' | 'type' | 'limit';

export type QueryResult<T> = { ok: true; value: T } | { ok: false; error: QueryError };

export interface Query {
  /**
   * The steps that all expressions have taken so far: rows that were looked at, and what each took beyond
   * that.
   */
  steps(): number;
  /** The unread parts that could change an answer once they are known. */
  reach: Reach;
  /** Every subject of a kind, in the model's order (resources: by id). */
  subjects<K extends SubjectKind>(kind: K): SubjectOf<K>[];
  /**
   * The subjects of `kind` (default `resource`) for which the expression is true. A row that lacks a key the
   * expression asks for is not selected; a key that no row of the kind has is an error, so that a typo is
   * never an empty selection.
   */
  select(expression: string, kind?: SubjectKind): QueryResult<Subject[]>;
  /** The error of an expression that does not depend on a row: it does not parse, or no row has a key. */
  refusal(expression: string, kind: SubjectKind): QueryError | undefined;
  /** A boolean about one subject; a key that it lacks is an error of reason `missing`, never true. */
  test(expression: string, subject: Subject): QueryResult<boolean>;
  /** Any value about one subject (columns of a table). */
  evaluate(expression: string, subject: Subject): QueryResult<JsonValue>;
  /**
   * A value about the whole model: `application('obs-loki').namespace`,
   * `resources.filter(r, r.wave < 0).size()`.
   */
  value(expression: string): QueryResult<JsonValue>;
}

export interface Selection {
  /** Tests that a selected row must all meet. */
  tests: readonly string[];
  /** A test that a selected row must not meet. */
  unless?: string | null;
}

export interface Reach {
  /** All unread parts. */
  parts(): UnreadPart[];
  /** The parts that could bring a further subject into the selection. */
  joining(kind: SubjectKind, selection: Selection): UnreadPart[];
  /** The parts that could change a field of the subject which the expressions read. */
  touching(subject: Subject, expressions: readonly string[]): UnreadPart[];
  /** The same for all subjects of a kind. */
  altering(kind: SubjectKind, expressions: readonly string[]): UnreadPart[];
  /** The parts that could give two resources a relation that the model does not have. */
  relating(from: Resource, to: Resource): UnreadPart[];
  /** The parts that could take away a relation that the model has. */
  unrelating(from: Resource, to: Resource): UnreadPart[];
  /** The parts that could change a relation of a resource, or the other end of one. */
  around(resource: Resource): UnreadPart[];
  /** The parts that could change the value of an expression about the whole model. */
  value(expression: string): UnreadPart[];
  /** The parts that could hold what a function such as `resource(…)` looks for in vain. */
  missing(expression: string): UnreadPart[];
}
