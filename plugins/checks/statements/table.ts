import type { Attributes } from '../../markdown/index.ts';
import { inPlaceOf } from '../../markdown/index.ts';
import type { UnreadPart } from '../../platform/index.ts';
import type { Query } from '../../query/index.ts';
import {
  type Table,
  type TableOptions,
  tableOf,
  tableToMarkdown,
  tableViews,
  unverifiedFrom,
  type ViewFault,
} from '../../views/index.ts';
import { unknownAttributes } from '../attribute-checks.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { emptyAttribute, emptyAttributeFaults, emptyReason, emptyViewFault } from '../emptiness.ts';
import type { StatementKind } from '../statement-kind.ts';
import type { CheckContext, StatementBase } from '../types.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';
import { isMisspelt, viewFault } from '../view-faults.ts';
import { writtenAttributes } from '../written-attributes.ts';

const attributeNames = [
  'view',
  'where',
  'columns',
  'sort',
  'group',
  'caption',
  'limit',
  emptyAttribute,
] as const satisfies (keyof TableOptions)[];

/** `::table{view="waves" where="CEL"}`: rows that come from the model. */
export const table = {
  counted: { as: 'tables', one: 'table', many: 'tables' },
  share: { as: 'tables', one: 'table' },
  attributes: attributeNames,
  inSentences: false,
  directive: {
    forms: ['leafDirective'],
    telling: ['view', 'where', 'columns'],
    example: '::table{view="waves"} on a line of its own',
    from: ({ place, attributes }): TableStatement => ({ type: 'table', place, attributes }),
  },
  judge: judgeTable,
  nameOf: ({ attributes }) => writtenAttributes(attributes, ['view', 'of', 'where']),
  mentions: ({ result }, resource) => result?.rows.some(({ id }) => id === resource.id) ?? false,
  markdown: ({ result }, spot, positions) =>
    result ? inPlaceOf(spot, `**${result.caption}**\n\n${tableToMarkdown(result).trimEnd()}`, positions) : [],
} as const satisfies StatementKind<TableVerdict>;

/** `::table{…}` is true when it can be made: its rows come from the model. */
function judgeTable(statement: TableStatement, { platform, query }: CheckContext): TableVerdict {
  const { attributes } = statement;
  const unknown = unknownAttributes(statement, attributeNames, '`::table`');
  const made = tableOf(platform, query, optionsFrom(attributes));
  const faults = made.ok
    ? []
    : made.faults.filter((fault) => !isMisspelt(fault, unknown)).map((fault) => viewFault(statement, fault));
  const diagnostics = [
    ...unknown,
    ...faults,
    ...(made.ok ? tableEmptiness(statement, made.table, { platform, query }) : []),
  ];
  const missing = made.ok || unknown.length > 0 ? [] : missingBehind(made.faults, query);
  if (missing.length > 0) return verdictOf(statement, 'unverified', { unverified: unverifiedFrom(missing) });
  return verdictOf(
    statement,
    diagnostics.length > 0 ? 'invalid' : made.ok && made.table.unverified.length > 0 ? 'unverified' : 'true',
    { diagnostics, unverified: made.ok ? made.table.unverified : [], result: made.ok ? made.table : null },
  );
}

/** What is wrong with a table for having no row, or with its saying that it may have none. */
export function tableEmptiness(
  statement: StatementBase & { attributes: Attributes },
  made: Table,
  context: Pick<CheckContext, 'platform' | 'query'>,
): Diagnostic[] {
  const faults: Diagnostic[] = emptyAttributeFaults(statement, made.total, ['row', 'rows']);
  if (faults.length > 0 || made.total > 0 || made.unverified.length > 0) return faults;
  if (emptyReason(statement.attributes) !== null) return [];
  return [emptyViewFault(statement, context, tableViews[made.view]?.subject ?? null, 'table')];
}

/** What could hold what the expressions look for in vain, where nothing else is wrong with them. */
function missingBehind(faults: readonly ViewFault[], { reach }: Query): UnreadPart[] {
  const found = faults.map(({ query }) => (query ? reach.missing(query.expression) : []));
  return found.every((parts) => parts.length > 0) ? found.flat() : [];
}

function optionsFrom(attributes: Attributes): TableOptions {
  const given = attributeNames.flatMap((name) => {
    const attribute = attributes[name];
    return attribute ? [[name, attribute.value]] : [];
  });
  return { view: '', ...Object.fromEntries(given) };
}

export interface TableStatement extends StatementBase {
  type: 'table';
  attributes: Attributes;
}

type TableVerdict = VerdictBase<TableStatement, Table>;
