import type { JsonValue } from '../base/index.ts';
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
   * `syntax`: does not parse; `unknown`: no such name, function or key anywhere; `missing`: this one row has no such key;
   * `type`: an operation that does not fit its values; `limit`: too long or too much work.
   */
  reason: QueryErrorReason;
}

export type QueryErrorReason = 'syntax' | 'unknown' | 'missing' | 'type' | 'limit';

export type QueryResult<T> = { ok: true; value: T } | { ok: false; error: QueryError };

export interface Query {
  /** Every subject of a kind, in the model's order (resources: by id). */
  subjects<K extends SubjectKind>(kind: K): SubjectOf<K>[];
  /**
   * The subjects of `kind` (default `resource`) for which the expression is true. A row that lacks a key the expression asks for
   * is not selected; a key that no row of the kind has is an error, so that a typo is never an empty selection.
   */
  select(expression: string, kind?: SubjectKind): QueryResult<Subject[]>;
  /** A boolean about one subject; a key that it lacks is an error of reason `missing`, never true. */
  test(expression: string, subject: Subject): QueryResult<boolean>;
  /** Any value about one subject (columns of a table). */
  evaluate(expression: string, subject: Subject): QueryResult<JsonValue>;
  /** A value about the whole model: `application('obs-loki').namespace`, `resources.filter(r, r.wave < 0).size()`. */
  value(expression: string): QueryResult<JsonValue>;
}
