import type { Nodes } from 'mdast';
import { type Table, tableOf, tableToMarkdown } from '../../views/index.ts';
import { unknownAttributes } from '../attribute-checks.ts';
import { staleTable } from '../rules/pages/snapshot-stale.ts';
import type { StatementKind } from '../statement-kind.ts';
import { type TableDifference, tableDifference } from '../tables/difference.ts';
import { snapshotStatement } from '../tables/find-snapshot.ts';
import type { SnapshotStatement } from '../tables/types.ts';
import { readWrittenTable } from '../tables/written.ts';
import type { CheckContext } from '../types.ts';
import { type VerdictBase, verdictOf } from '../verdict.ts';
import { isMisspelt, viewFault } from '../view-faults.ts';
import { writtenAttributes } from '../written-attributes.ts';
import { table, tableEmptiness } from './table.ts';

/** A table written out on the page, as `plumbline table` prints it. */
export const snapshot = {
  counted: table.counted,
  share: {
    ...table.share,
    unstated: (node, _, snapshots) => (node.type === 'table' && !isWithin(node, snapshots) ? 1 : 0),
  },
  inSentences: false,
  find: (page) => (spot) => snapshotStatement(spot, page),
  judge: judgeSnapshot,
  nameOf: ({ attributes }) => writtenAttributes(attributes, ['view', 'of', 'where']),
  mentions: ({ result }, resource) => result?.rows.some(({ id }) => id === resource.id) ?? false,
} as const satisfies StatementKind<SnapshotVerdict>;

/**
 * `<!-- plumbline:table VIEW where="…" -->` … `<!-- /plumbline:table -->`: what stands between is the table
 * that `plumbline table VIEW` prints, for pages that are read where no table is live. Cells are compared, not
 * their padding; an empty one is stale.
 */
function judgeSnapshot(statement: SnapshotStatement, { platform, query }: CheckContext): SnapshotVerdict {
  const { attributes } = statement;
  const unknown = unknownAttributes(statement, attributeNames, '`plumbline:table`');
  const given = attributeNames.flatMap((name) => {
    const attribute = attributes[name];
    return attribute ? [[name, attribute.value]] : [];
  });
  const made = tableOf(platform, query, { view: '', ...Object.fromEntries(given) });
  const faults = made.ok
    ? []
    : made.faults.filter((fault) => !isMisspelt(fault, unknown)).map((fault) => viewFault(statement, fault));
  const idle = made.ok ? tableEmptiness(statement, made.table, { platform, query }) : [];
  const invalid = [...unknown, ...faults, ...idle];
  if (!made.ok || invalid.length > 0) return verdictOf(statement, 'invalid', { diagnostics: invalid });

  const { table } = made;
  const markdown = tableToMarkdown(table);
  const difference = tableDifference(readWrittenTable(statement.body), readWrittenTable(markdown));
  const { unverified } = table;
  const isFalse = difference !== null && (unverified.length === 0 || isCertain(difference, table));
  if (!isFalse)
    return verdictOf(statement, unverified.length > 0 ? 'unverified' : 'true', { unverified, result: table });
  // What is written anew says beneath what it could not know.
  const diagnostics = [staleTable(statement, table, markdown, difference, platform)];
  return verdictOf(statement, 'false', { diagnostics, unverified, result: table });
}

/**
 * What is not read may bring the rows that are too many; it takes none away and makes no other cell of one
 * but of those that it speaks of.
 */
function isCertain({ columns, missing, cells }: TableDifference, { rows }: Table): boolean {
  return columns || [...missing, ...cells.map(({ expected }) => expected)].some((row) => !rows[row]?.isOpen);
}

/** True for a table of a snapshot; all others are written by hand. */
function isWithin({ position }: Nodes, snapshots: readonly SnapshotStatement[]): boolean {
  const line = position?.start.line ?? 0;
  return snapshots.some(({ bodyPlace }) => bodyPlace.line <= line && line <= bodyPlace.endLine);
}

const attributeNames = ['view', 'where', 'columns', 'sort', 'group', 'limit', 'caption', 'empty'] as const;

type SnapshotVerdict = VerdictBase<SnapshotStatement, Table>;
