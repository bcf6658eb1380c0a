import { byName, counted, firstOf } from '../../../base/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf, DiagnosticSource, Place } from '../../../source/index.ts';
import { type Row, type Table, tableToMarkdown } from '../../../views/index.ts';
import { diagnose } from '../../diagnose.ts';
import { shownSources, sourceOf } from '../../subjects.ts';
import type { TableDifference } from '../../tables/difference.ts';
import type { SnapshotStatement } from '../../tables/types.ts';
import { readWrittenTable, type WrittenRow, type WrittenTable } from '../../tables/written.ts';
import type { PageRule } from '../rule.ts';

export const snapshotStale = {
  name: 'snapshot-stale',
  about: 'page',
  severity: 'error',
  title: 'a written-out table is not what its view says',
  explain: `What stands between \`<!-- plumbline:table VIEW -->\` and \`<!-- /plumbline:table -->\` is the table that \`plumbline table VIEW\` prints, for pages that are read on a Git host. Its cells must be those of the view, in its order; padding and alignment are free. \`plumbline fix\` writes it anew.`,
  silent: `About surplus rows, while something that is not read may bring them: the table is *not verified*. A missing row, and a wrong cell of a known row, are told whatever is unread.`,
  failing: `<!-- plumbline:table resources where="kind == 'Namespace' && name == 'shop'" columns="name, wave" -->

| Name | Wave |
| --- | --: |
| shop | -5 |

<!-- /plumbline:table -->
`,
  mended: `<!-- plumbline:table resources where="kind == 'Namespace' && name == 'shop'" columns="name, wave" -->

| Name | Wave |
| --- | --: |
| shop | -3 |

<!-- /plumbline:table -->
`,
  fixable: true,
} as const satisfies PageRule;

/**
 * A written-out table that is not what its view says: the first difference with both sides, and how many
 * there are.
 */
export function staleTable(
  statement: SnapshotStatement,
  table: Table,
  markdown: string,
  difference: TableDifference,
  platform: Platform,
): DiagnosticOf<'snapshot-stale'> {
  const { view, where } = statement.attributes;
  const told = tell(statement, table, difference, platform);
  const sources = [
    ...difference.cells.flatMap(({ expected, column }) => sourcesOf(table, expected, column, platform)),
    ...difference.missing.flatMap((index) => sourcesOf(table, index, null, platform)),
  ];
  return diagnose(snapshotStale, {
    about: `${view?.value ?? ''}|${where?.value ?? ''}`,
    page: told.page,
    message: `the table is not what the view \`${table.view}\` says: ${summary(statement, difference)}`,
    expected: told.expected,
    actual: told.actual,
    sources: sources.slice(0, shownSources),
    help: 'write the table anew: all that stands between the two comments is replaced',
    fix: { replacement: statement.written(markdown), place: statement.bodyPlace },
  });
}

function summary(statement: SnapshotStatement, difference: TableDifference): string {
  const { columns, missing, extra, cells, order, note } = difference;
  const count = (number: number, one: string, many: string) =>
    number === 0 ? [] : [counted(number, one, many)];
  if (statement.body.trim() === '') return 'it is empty';
  const parts = [
    ...(columns ? ['its columns are others'] : []),
    ...count(cells.length, 'cell differs', 'cells differ'),
    ...count(missing.length, 'row is missing', 'rows are missing'),
    ...count(extra.length, 'row is too many', 'rows are too many'),
    ...(order ? ['its rows stand in another order'] : []),
    ...(note ? ['what stands beside it differs'] : []),
  ];
  return parts.join(', ');
}

/** The first thing that differs, with both sides and its place in the page. */
function tell(
  statement: SnapshotStatement,
  table: Table,
  { columns, missing, extra, cells, order, note }: TableDifference,
  platform: Platform,
): Told {
  const page = readWrittenTable(statement.body);
  const view = readWrittenTable(tableToMarkdown(table));
  const lineOf = (line: number, from = 0, to = (statement.body.split('\n')[line] ?? '').length) =>
    statement.placeOf({ line, column: from, endLine: line, endColumn: to });
  const [cell] = cells;
  const names = missing.map((index) => nameOf(table.rows[index], view.rows[index], platform));
  if (columns) {
    const heads = ({ columns: row, rows }: WrittenTable) =>
      row
        ? `${counted(rows.length, 'row')} under ${row.cells.map(({ text }) => text).join(', ')}`
        : 'no table';
    return {
      page: page.columns ? lineOf(page.columns.line) : statement.place,
      expected: heads(view),
      actual: heads(page),
    };
  }
  if (cell) {
    const right = view.rows[cell.expected]?.cells[cell.column]?.text ?? '';
    const own = cell.row.cells[cell.column];
    const what = `${table.columns[cell.column]?.label} of ${nameOf(table.rows[cell.expected], view.rows[cell.expected], platform)}`;
    return {
      page: own ? lineOf(cell.row.line, own.column, own.endColumn) : lineOf(cell.row.line),
      expected: `${what}: ${right}`,
      actual: `${what}: ${own?.text ?? ''}`,
    };
  }
  if (names.length > 0) {
    const last = page.rows.at(-1);
    return {
      page: last && missing.every((index) => index > 0) ? lineOf(last.line) : statement.place,
      expected: `${names.length === 1 ? 'a row' : 'rows'} for ${firstOf(names, shownSources)}`,
      actual: `${page.rows.length} of ${view.rows.length} rows`,
    };
  }
  const [row] = extra;
  if (row) {
    return {
      page: lineOf(row.line),
      expected: 'no such row',
      actual: row.cells.map(({ text }) => text).join(' | '),
    };
  }
  if (order)
    return {
      page: lineOf(order.line),
      expected: 'the order of the view',
      actual: 'this row comes too late, or under another heading',
    };
  return {
    page: note?.line == null ? statement.place : lineOf(note.line),
    expected: note?.expected ?? 'nothing but the table',
    actual: page.notes.find(({ line }) => line === note?.line)?.text ?? 'nothing',
  };
}

/** The resource of a row by its shortest name; its first cell where it stands for none. */
function nameOf(row: Row | undefined, written: WrittenRow | undefined, platform: Platform): string {
  const resource = row && platform.resource(row.id);
  return `\`${resource ? platform.referenceOf(resource) : (written?.cells[0]?.text ?? '').replaceAll('`', '')}\``;
}

/** The line that a person edits to change a cell; without a column that of the row's name. */
function sourcesOf(
  table: Table,
  index: number,
  column: number | null,
  platform: Platform,
): DiagnosticSource[] {
  const row = table.rows[index];
  const cell = column === null ? undefined : row?.cells[column];
  const role = column === null ? 'missing in the page' : 'actual';
  const resource = row && platform.resource(row.id);
  const place = cell?.place ?? (resource ? undefined : row?.origin);
  if (place) {
    const { file, line, column: start, endLine, endColumn } = place;
    const named = resource ? platform.referenceOf(resource) : null;
    return [{ file, line, column: start, endLine, endColumn, resource: named, path: null, role, via: [] }];
  }
  const path = keyOf[table.columns[column ?? -1]?.name ?? ''] ?? ['metadata', 'name'];
  return resource ? [sourceOf(platform, resource, role, path)] : [];
}

/** Columns that one key of the resource decides. */
const keyOf: Record<string, string[]> = byName({
  wave: ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'],
  namespace: ['metadata', 'namespace'],
  kind: ['kind'],
});

interface Told {
  page: Place;
  expected: string;
  actual: string;
}
