import { tableOf, tableToMarkdown } from '../../views/index.ts';
import { unknownAttributes } from '../attribute-checks.ts';
import { staleTable } from '../rules/pages/snapshot-stale.ts';
import { tableDifference } from '../tables/difference.ts';
import { readWrittenTable } from '../tables/written.ts';
import type { CheckContext, SnapshotStatement } from '../types.ts';
import type { VerdictOf } from '../verdict.ts';
import { isMisspelt, viewFault } from './table.ts';

/**
 * `<!-- plumbline:table VIEW where="…" -->` … `<!-- /plumbline:table -->`: what stands between is the table that `plumbline table VIEW`
 * prints, for pages that are read where no table is live. Cells are compared, not their padding; an empty one is stale.
 */
export function judgeSnapshot(
  statement: SnapshotStatement,
  { platform, query }: CheckContext,
): VerdictOf<'snapshot'> {
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
  const invalid = [...unknown, ...faults];
  if (!made.ok || invalid.length > 0)
    return { statement, outcome: 'invalid', diagnostics: invalid, unverified: [], result: null };

  const { table } = made;
  const markdown = tableToMarkdown(table);
  const difference = tableDifference(readWrittenTable(statement.body), readWrittenTable(markdown));
  const diagnostics = difference ? [staleTable(statement, table, markdown, difference, platform)] : [];
  const outcome = difference ? 'false' : table.unverified.length > 0 ? 'unverified' : 'true';
  return { statement, outcome, diagnostics, unverified: table.unverified, result: table };
}

const attributeNames = ['view', 'where', 'columns', 'sort', 'group', 'limit', 'caption'] as const;
