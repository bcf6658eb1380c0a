import type { Resource } from '../model/index.ts';
import type { Place, Unverified } from '../source/index.ts';
import type { Table } from '../views/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import type {
  ClaimStatement,
  CommandStatement,
  DiagramStatement,
  DrawnDiagram,
  ExcerptStatement,
  FactStatement,
  FenceStatement,
  LinkStatement,
  MalformedStatement,
  PathStatement,
  ReferenceStatement,
  SnapshotStatement,
  Statement,
  TableStatement,
} from './types.ts';

/** Narrows a verdict by its statement's type, which the compiler does not do by itself for a nested discriminant. */
export function isVerdictOf<T extends Statement['type']>(verdict: Verdict, type: T): verdict is VerdictOf<T> {
  return verdict.statement.type === type;
}

/** `true`, `false`, `unverified` (could not be known), `invalid` (does not make sense as written). */
export type Outcome = 'true' | 'false' | 'unverified' | 'invalid';

export interface VerdictBase<S extends Statement, R> {
  statement: S;
  outcome: Outcome;
  diagnostics: Diagnostic[];
  unverified: Unverified[];
  /** What the page shows in the statement's place; null where it could not be made. */
  result: R | null;
}

export type Verdict =
  | VerdictBase<TableStatement, Table>
  | VerdictBase<DiagramStatement, DrawnDiagram>
  | VerdictBase<FenceStatement, DrawnDiagram>
  | VerdictBase<FactStatement, { text: string; sources: Place[] }>
  | VerdictBase<ClaimStatement, { summary: string; looked: string[]; total: number }>
  | VerdictBase<PathStatement, { files: string[] }>
  | VerdictBase<ReferenceStatement, { resource: Resource }>
  | VerdictBase<ExcerptStatement, { text: string; source: Place }>
  | VerdictBase<SnapshotStatement, Table>
  | VerdictBase<CommandStatement, { looked: string[] }>
  | VerdictBase<LinkStatement, { target: string }>
  | VerdictBase<MalformedStatement, never>;

export type VerdictOf<T extends Statement['type']> = Extract<Verdict, { statement: { type: T } }>;
