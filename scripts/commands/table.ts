import { Command } from 'commander';
import type { Cell, Table, TableOptions } from '../../plugins/views/index.ts';
import {
  type CommonOptions,
  formatOf,
  loadOptions,
  optionsOf,
  print,
  type Terminal,
  viewFailure,
} from './common.ts';
import { refuseNoManifest } from './refuse-nothing.ts';

const formats = ['md', 'json', 'csv'] as const;

/** `plumbline table VIEW`: the rows that `::table{view=…}` would show. */
export function tableCommand(terminal: Terminal): Command {
  return new Command('table')
    .description('print a view of the platform as a table')
    .argument('<view>', 'resources, waves, projects, applications, … (an unknown one lists them)')
    .option('--where <cel>', 'only rows for which this CEL expression is true')
    .option('--columns <list>', 'columns, as `name, label = CEL`')
    .option('--sort <columns>', 'column to sort by, `-column` for descending')
    .option('--group <column>', 'column whose values head groups of rows')
    .option('--limit <n>', 'at most so many rows')
    .option('--format <format>', formats.join(', '), 'md')
    .action(async (view: string, _options: unknown, command: Command) => {
      const options = optionsOf<CommonOptions & Omit<TableOptions, 'view'> & { format: string }>(command);
      const format = formatOf(options.format, formats);
      const [{ loadPlatform }, { createQuery }, { tableOf, tableToCsv, tableToMarkdown }] = await Promise.all(
        [
          import('../../plugins/platform/index.ts'),
          import('../../plugins/query/index.ts'),
          import('../../plugins/views/index.ts'),
        ],
      );
      const platform = await loadPlatform(loadOptions(options));
      refuseNoManifest(platform);
      const { where, columns, sort, group, limit } = options;
      const made = tableOf(platform, createQuery(platform), { view, where, columns, sort, group, limit });
      if (!made.ok) throw viewFailure(made.faults);
      const write = { md: tableToMarkdown, csv: tableToCsv, json: tableToJson }[format];
      await print(`${write(made.table).trimEnd()}\n`, terminal, format === 'json' ? format : 'text');
    });
}

/** Cells as text (lists as lists of texts) under the column names, beside the row's `id` and `origin`. */
function tableToJson(table: Table): string {
  const rows = table.rows.map(({ id, origin, group, cells }) => ({
    id,
    origin: origin && {
      file: origin.file,
      line: origin.line,
      column: origin.column,
      endLine: origin.endLine,
    },
    ...(group === undefined ? {} : { group }),
    ...Object.fromEntries(table.columns.map(({ name }, index) => [name, jsonCell(cells[index])])),
  }));
  const { view, columns, total, unverified } = table;
  return JSON.stringify({ view, columns: columns.map(({ name }) => name), rows, total, unverified }, null, 2);
}

function jsonCell(cell: Cell | undefined): string | string[] | null {
  if (cell === undefined) return null;
  return cell.items === undefined ? cell.text : cell.items.map(({ text }) => text);
}
