import type { Place } from '../source/index.ts';
import type { Cell, Row, Table } from './types.ts';

/**
 * A table as GitHub's Markdown: one table a group, what could not be verified beneath. Texts come from
 * manifests, so that everything that Markdown would take for markup is escaped. `links` makes cells lead
 * somewhere.
 */
export function tableToMarkdown(table: Table, links: TableLinks = {}): string {
  const blocks: string[] = [];
  const groups = Map.groupBy(table.rows, (row) => row.group);
  for (const [heading, rows] of groups) {
    if (heading !== undefined) blocks.push(`**${escapeMarkdown(heading)}**`);
    blocks.push(markdownRows(table, rows, links));
  }
  if (table.rows.length === 0)
    blocks.push(`_${table.empty === undefined ? 'No rows.' : escapeMarkdown(table.empty)}_`);
  if (table.rows.length < table.total) blocks.push(`_${table.rows.length} of ${table.total} rows._`);
  if (table.unverified.length > 0) {
    const items = table.unverified.map(({ what, why, origin }) => {
      const place = origin === null ? '' : ` (${codeSpan(`${origin.file}:${origin.line}`)})`;
      return `- ${escapeMarkdown(what.replaceAll('`', ''))}${place}: ${escapeMarkdown(why.replaceAll('`', ''))}`;
    });
    blocks.push(`Not verified:\n\n${items.join('\n')}`);
  }
  return `${blocks.join('\n\n')}\n`;
}

function markdownRows(table: Table, rows: Row[], links: TableLinks): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(table.columns.map((column) => escapeMarkdown(column.label))),
    line(table.columns.map((column) => (column.align === 'right' ? '--:' : '---'))),
    ...rows.map((row) => line(row.cells.map((cell) => markdownCell(cell, links)))),
  ].join('\n');
}

function markdownCell(cell: Cell, links: TableLinks): string {
  if (cell.items) return cell.items.map((item) => markdownCell(item, links)).join(', ');
  const written = cell.code === true ? codeSpan(cell.text) : escapeMarkdown(cell.text);
  const href = (cell.ref && links.resource?.(cell.ref)) || (cell.place && links.place?.(cell.place)) || null;
  return href === null
    ? written
    : `[${written}](<${href.replaceAll(/[<>\n\\]/g, encodeURIComponent).replaceAll('|', '%7C')}>)`;
}

/**
 * A code span in a table: a pipe is escaped even there, and the fence is longer than any run of backticks
 * inside.
 */
function codeSpan(text: string): string {
  const plain = oneLine(text);
  // A backslash before a pipe cannot be written in a code span of a table.
  if (plain.includes('\\|')) return escapeMarkdown(plain);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${plain.replaceAll('|', '\\|')}${padding}${fence}`;
}

/** Escapes only what would be markup: an underscore within a word, as in most names, is not. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*[\]<>|~$]/g, '\\$&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replaceAll(/&(?=#?\w+;)/g, '\\&');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\r?\n\s*|\p{Cc}/gu, ' ').trim();
}

/** RFC 4180: names of columns first, CRLF, quotes doubled; lists with a semicolon between. */
export function tableToCsv(table: Table): string {
  const grouped = table.rows.some((row) => row.group !== undefined);
  const head = [...(grouped ? ['group'] : []), ...table.columns.map((column) => column.name)];
  const lines = table.rows.map((row) => [...(grouped ? [row.group ?? ''] : []), ...row.cells.map(csvText)]);
  return [head, ...lines].map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

function csvText(cell: Cell): string {
  if (cell.items) return cell.items.map((item) => item.text).join('; ');
  return isEmpty(cell) ? '' : cell.text;
}

/** A spreadsheet runs a cell that begins like a formula: behind a quote it is text. Numbers are none. */
function csvField(given: string): string {
  const text = /^\s*[=+@-]/.test(given) && !/^[+-]?\d+(\.\d+)?$/.test(given) ? `'${given}` : given;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function isEmpty(cell: Cell): boolean {
  return cell.text === '—' && cell.tone === 'muted';
}

export interface TableLinks {
  resource?: (id: string) => string | null;
  place?: (place: Place) => string | null;
}
