import type { StatementKind } from '../statement-kind.ts';
import type { StatementBase } from '../types.ts';
import type { VerdictBase } from '../verdict.ts';
import { claim } from './claim.ts';
import { command } from './command.ts';
import { diagram } from './diagram.ts';
import { excerpt } from './excerpt.ts';
import { fact } from './fact.ts';
import { fence } from './fence.ts';
import { link } from './link.ts';
import { malformed } from './malformed.ts';
import { path } from './path.ts';
import { reference } from './reference.ts';
import { snapshot } from './snapshot.ts';
import { table } from './table.ts';
import { waves } from './waves.ts';

/**
 * Every kind of statement, by its `type`. The order is that of the numbers in reports; of two kinds that find
 * something in a node the earlier one has it. Everything else that differs by kind is derived from these
 * rows, but for `remark`'s table of HTML writers.
 */
const rows = {
  fact,
  claim,
  table,
  snapshot,
  diagram,
  waves,
  d2: fence,
  path,
  reference,
  excerpt,
  command,
  link,
  malformed,
} as const satisfies Record<string, StatementKind<VerdictBase<StatementBase, unknown>>>;

type Rows = typeof rows;
type Row = Rows[StatementType];

export const statementKinds: Record<StatementType, AnyKind> = rows;

/** What is known of a statement's kind. It may be asked only about statements and verdicts of that kind. */
export function kindOf({ type }: Statement): AnyKind {
  return statementKinds[type];
}

/** False for a verdict that was held to nothing: nobody found it true either. */
export function isHeld(verdict: Verdict): boolean {
  return kindOf(verdict.statement).counted?.isHeld?.(verdict) !== false;
}

/**
 * Narrows a verdict by its statement's type, which the compiler does not do by itself for a nested
 * discriminant.
 */
export function isVerdictOf<T extends StatementType>(verdict: Verdict, type: T): verdict is VerdictOf<T> {
  return verdict.statement.type === type;
}

/** The numbers of a summary, each once, in the order of the table but for those that shall stand first. */
export function talliesFrom(...first: TallyName[]): Tally[] {
  const rank = ({ as }: Tally) => (first.includes(as) ? first.indexOf(as) : first.length);
  return unique<Tally>(Object.values(rows).map(({ counted }) => counted)).sort((a, b) => rank(a) - rank(b));
}

/** The lines of a coverage, each once, in the order of the table. */
export const shares: ShareLine[] = unique<ShareLine>(Object.values(rows).map(({ share }) => share));

function unique<T extends { as: string }>(all: (T | null)[]): T[] {
  return [...new Map(all.flatMap((one) => (one ? [[one.as, one]] : []))).values()];
}

export type StatementType = keyof Rows;
export type AnyKind = StatementKind<Verdict, TallyName, ShareName>;
export type VerdictOf<T extends StatementType> = Awaited<ReturnType<Rows[T]['judge']>>;
export type Verdict = { [T in StatementType]: VerdictOf<T> }[StatementType];
export type Statement = Verdict['statement'];
export type TallyName = NonNullable<Row['counted']>['as'];
export type ShareName = NonNullable<Row['share']>['as'];

/** A number of the summary: its key, and what it counts. */
export interface Tally {
  as: TallyName;
  one: string;
  many: string;
}

/** A line of the coverage: its key, and what one of it is called. */
export interface ShareLine {
  as: ShareName;
  one: string;
}
