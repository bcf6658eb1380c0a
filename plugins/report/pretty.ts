import { createColors } from 'picocolors';
import type { Report } from '../engine/index.ts';
import { block, where } from './block.ts';
import { conciseLine } from './concise.ts';
import { coverageLines } from './coverage-lines.ts';
import { fold } from './fold-repeats.ts';
import { foldRules, type Told } from './fold-rules.ts';
import { visible } from './frame.ts';
import { summary } from './summary-line.ts';
import type { ReporterIo } from './types.ts';
import { settlements, unverifiedWords } from './unverified-lines.ts';

/**
 * For people: both sides of every fault, what was expected and found, how to mend it; then how much was
 * checked.
 */
export function pretty(report: Report, io: ReporterIo): string {
  const sections = [
    ...foldRules(fold(report.diagnostics)).map((told) =>
      told.rest === null
        ? block(told.diagnostic, io, told.others)
        : restOf(told.diagnostic.rule, told.rest, io),
    ),
    unverifiedList(report, io),
    goneList(report, io),
    io.coverage ? coverageList(report, io) : '',
    summary(report, io.color),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/**
 * The further faults of a rule that fires often: one line each, then how many more there are and how to see
 * them.
 */
function restOf(
  rule: string,
  { count, lines, left }: NonNullable<Told['rest']>,
  { color }: ReporterIo,
): string {
  const { bold, dim } = createColors(color);
  const more = left > 0 ? [`  … and ${left} more`] : [];
  return [
    `${bold(`${rule}: ${count}`)}, the first of them above, and`,
    ...lines.map(({ diagnostic }) => `  ${conciseLine(diagnostic)}`),
    ...more,
    `  ${dim('see all'.padEnd(9))} --format concise, or --format json`,
  ].join('\n');
}

function unverifiedList({ unverified }: Report, { color }: ReporterIo): string {
  if (unverified.length === 0) return '';
  const { dim } = createColors(color);
  const shown = unverified.slice(0, maximumUnverified).map((one) => {
    return `  ${unverifiedWords(one)}${one.origin ? ` ${dim(`(${where(one.origin)})`)}` : ''}`;
  });
  const more = unverified.length - shown.length;
  const rest = more > 0 ? [`  … and ${more} more`] : [];
  const ways = settlements(unverified).map((way) => `  ${dim('to settle')} ${way}`);
  return ['not verified:', ...shown, ...rest, ...ways].join('\n');
}

function goneList({ baseline }: Report, { color }: ReporterIo): string {
  if (!baseline || baseline.gone.length === 0) return '';
  const { dim, red } = createColors(color);
  const file = visible(baseline.file);
  const lines = baseline.gone.map(
    ({ rule, file: page, message }) =>
      `  ${page === null ? '' : `${visible(page)}: `}${visible(message)} ${dim(`[${visible(rule)}]`)}`,
  );
  const head = `${red('error')}: ${file} lists faults that are mended`;
  return [head, ...lines, `  ${dim('help'.padEnd(9))} drop them: --baseline ${file} --update-baseline`].join(
    '\n',
  );
}

function coverageList({ pages }: Report, { color }: ReporterIo): string {
  const lines = coverageLines(pages);
  return lines.length === 0 ? '' : [createColors(color).bold('checked:'), ...lines].join('\n');
}

const maximumUnverified = 10;
