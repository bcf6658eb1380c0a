import type { Directive, Positions, Splice, Spot } from '../markdown/index.ts';
import type { Resource } from '../model/index.ts';
import type { Platform } from '../platform/index.ts';
import type { Site } from './links/site.ts';
import type { MalformedStatement } from './malformed-statement.ts';
import type { CheckContext, StatementBase } from './types.ts';
import type { VerdictBase } from './verdict.ts';

/**
 * Everything that is known of one kind of statement, by the verdicts (`V`) on it: how it is found, judged,
 * counted, named and written as Markdown. Only its HTML is elsewhere, as nothing here knows of it.
 */
export interface StatementKind<
  V extends VerdictBase<StatementBase, unknown>,
  TallyName extends string = string,
  ShareName extends string = string,
> {
  /** The number of the summary that it adds to; null for one that is counted nowhere. Kinds may share one. */
  counted: (Tally<V> & { as: TallyName }) | null;
  /** Its part in the coverage of a page; null for one that has none. */
  share: (ShareOf<V> & { as: ShareName }) | null;
  /** Every attribute or option that it takes, in the order in which an author is shown them. */
  attributes?: readonly string[];
  /** A sentence with one of these in it is a checked sentence. */
  inSentences: boolean;
  /** For what is written as `:name`, `::name` or `:::name`: the name is the statement's type. */
  directive?: DirectiveForm<V['statement']>;
  /**
   * For all else: called once a page, then for each node of it. The first kind in the table that finds
   * something in a node has it.
   */
  find?(page: StatedPage): (spot: Spot) => readonly (V['statement'] | MalformedStatement)[];
  /**
   * Never throws for what an author or a manifest can do: everything that is wrong is a diagnostic of the
   * verdict.
   */
  judge(statement: V['statement'], context: CheckContext): V | Promise<V>;
  /** The statement in a few words, the same wherever it moves on the page. */
  nameOf(statement: V['statement']): string;
  /** True where it speaks of a resource. Left out where no statement of the kind can. */
  mentions?(verdict: V, resource: Resource, context: Pick<CheckContext, 'platform' | 'query'>): boolean;
  /**
   * What stands in its place on a page of plain Markdown; nothing where it stays as it is written. Left out
   * where it always does.
   */
  markdown?(verdict: V, spot: Spot, positions: Positions): Splice[];
}

/** A number of the summary, such as `31 diagrams`. */
interface Tally<V> {
  /** Its key in the JSON report. */
  as: string;
  one: string;
  many: string;
  /** False for a verdict that was held to nothing, which is not counted. */
  isHeld?(verdict: V): boolean;
}

/** A line of the coverage, such as `2 of 3 diagrams`. */
interface ShareOf<V extends VerdictBase<StatementBase, unknown>> {
  /** Its key in the JSON report. */
  as: string;
  /** What is counted in it, one of it. */
  one: string;
  /** False for a verdict that was held to nothing: it is there and not checked. */
  isHeld?(verdict: V): boolean;
  /**
   * How many things a node holds that look like such a statement and are none.
   * @param stated how many statements of any kind the node is.
   * @param onPage the statements of this kind on the page.
   */
  unstated?(node: Spot['node'], stated: number, onPage: readonly V['statement'][]): number;
}

export interface DirectiveForm<S extends StatementBase> {
  /** Where it may stand. */
  forms: readonly Directive['node']['type'][];
  /** Attributes that tell it from a directive of somebody else's with nearly the same name. */
  telling: readonly string[];
  /** What an author is shown after "write". */
  example: string;
  from(directive: Directive): S;
}

/** A page that statements are looked for on. */
export interface StatedPage {
  positions: Positions;
  platform: Platform;
  /** The site that shows it; null where there is none. */
  site: Site | null;
  /** Absolute path of the page; null where it has no file. */
  path: string | null;
}
