import type { Diagnostic } from '../checks/index.ts';
import type { Report } from '../engine/index.ts';
import { describe } from './block.ts';
import { coverageLines } from './coverage-lines.ts';
import { visible } from './frame.ts';
import { planned } from './github.ts';
import { summary } from './summary-line.ts';
import type { ReporterIo } from './types.ts';
import { settlements, unverifiedWords } from './unverified-lines.ts';

/**
 * The step summary of a run on GitHub Actions, as Markdown: every fault, with links to its lines at the
 * commit. It stays within `limit` bytes by leaving out the last faults, and says how many.
 */
export function githubSummary(report: Report, io: ReporterIo, limit: number): string {
  const { annotated, spilled } = planned(report, io);
  const head = `## Plumbline\n\n${plain(summary(report))}\n`;
  const tail = `${unverifiedPart(report)}${gonePart(report)}${coveragePart(report)}`;
  const rows = [...annotated, ...spilled].map((diagnostic) => row(diagnostic, io));
  let room = limit - bytes(head) - bytes(tail) - bytes(tableHead) - reserve;
  const shown: string[] = [];
  for (const line of rows) {
    room -= bytes(line);
    if (room < 0) break;
    shown.push(line);
  }
  const hidden = rows.length - shown.length;
  const more = hidden > 0 ? `\n… and ${hidden} more, in the log of the step.\n` : '';
  const text = `${head}${shown.length > 0 ? tableHead + shown.join('') : ''}${more}${tail}`;
  return bytes(text) <= limit ? text : bytes(head) <= limit ? head : '';
}

function row(diagnostic: Diagnostic, io: ReporterIo): string {
  const { page, sources, severity, rule, message, expected, actual, help } = diagnostic;
  const places = [...(page ? [{ ...page, words: '' }] : []), ...sources.slice(0, 3).map(named)].map(
    ({ file, line, words }) => {
      const path = io.path?.(file) ?? file;
      const href = io.link?.(path, line) ?? null;
      const text = `${code(`${path}:${line}`)}${words === '' ? '' : ` ${plain(words)}`}`;
      return href === null ? text : `<a href="${entities(href)}">${text}</a>`;
    },
  );
  const said = [
    plain(message),
    ...(expected === null ? [] : [`expected: ${plain(expected)}`]),
    ...(actual === null ? [] : [`found: ${plain(actual)}`]),
    ...(help === null ? [] : [`help: ${plain(help)}`]),
  ];
  return `| ${severity} | ${ruleName(rule, io)} | ${places.join('<br>')} | ${said.join('<br>')} |\n`;
}

function ruleName(rule: string, { ruleUrl }: ReporterIo): string {
  return ruleUrl ? `<a href="${entities(ruleUrl(rule))}">${code(rule)}</a>` : code(rule);
}

function named(source: Diagnostic['sources'][number]): { file: string; line: number; words: string } {
  return { file: source.file, line: source.line, words: describe(source) };
}

function unverifiedPart({ unverified }: Report): string {
  if (unverified.length === 0) return '';
  const lines = unverified.slice(0, maximumListed).map((one) => `- ${plain(unverifiedWords(one))}\n`);
  const more = unverified.length > lines.length ? `- … and ${unverified.length - lines.length} more\n` : '';
  const ways = settlements(unverified).map((way) => `- to settle: ${plain(way)}\n`);
  return `\n<details><summary>${unverified.length} could not be verified</summary>\n\n${lines.join('')}${more}${ways.join('')}\n</details>\n`;
}

function gonePart({ baseline }: Report): string {
  if (!baseline || baseline.gone.length === 0) return '';
  const lines = baseline.gone
    .slice(0, maximumListed)
    .map(({ file, message }) => `- ${plain(`${file ?? ''}: ${message}`)}\n`);
  return `\n${code(baseline.file)} lists ${baseline.gone.length} that are mended; ${code('--update-baseline')} drops them:\n\n${lines.join('')}`;
}

function coveragePart({ pages }: Report): string {
  const lines = coverageLines(pages);
  if (lines.length === 0) return '';
  return `\n<details><summary>How much of each page is checked</summary>\n\n<pre>${lines.map((line) => entities(line.slice(2))).join('\n')}</pre>\n\n</details>\n`;
}

/** Words with code between backticks; nothing in them is Markdown or HTML of its own. */
function plain(text: string): string {
  return text
    .split('`')
    .map((part, index, parts) =>
      index % 2 === 1 && index < parts.length - 1
        ? code(part)
        : index % 2 === 1
          ? `&#96;${entities(part)}`
          : entities(part),
    )
    .join('');
}

function code(text: string): string {
  return `<code>${entities(text)}</code>`;
}

/** Every character that Markdown or HTML could take for its own, as a number. */
function entities(text: string): string {
  return visible(text).replaceAll(/[&<>"'`|*_~[\]\\#!@$]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

const tableHead = '\n| | Rule | Where | What |\n|---|---|---|---|\n';
const maximumListed = 50;
/** Bytes for the line that says how many were left out. */
const reserve = 100;
