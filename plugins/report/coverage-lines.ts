import { counted } from '../base/index.ts';
import { shares } from '../checks/index.ts';
import type { Coverage, PageSummary, Share } from '../engine/index.ts';
import { visible } from './frame.ts';

/**
 * How much of each page is checked, aligned, a page a line; a page with nothing on it is left out. Of many
 * pages those with most unchecked sentences are shown.
 */
export function coverageLines(pages: PageSummary[]): string[] {
  const covered = pages.filter(({ coverage }) => shareWords(coverage).length > 0);
  if (covered.length === 0) return [];
  const openest = covered
    .toSorted((a, b) => unchecked(b.coverage.sentences) - unchecked(a.coverage.sentences))
    .slice(0, maximumPages);
  const shown = covered.filter((page) => openest.includes(page));
  const rows = shown.map(({ file, coverage }) => [visible(file), ...columnsOf(coverage)]);
  const hidden = covered.length - shown.length;
  const total = covered.map(({ coverage }) => coverage.sentences).reduce(sum, none);
  if (hidden > 0) rows.push([`… and ${counted(hidden, 'page')} more`, '', '']);
  if (covered.length > 1)
    rows.push([`all ${covered.length} pages`, total.of === 0 ? '' : words(total, 'sentence'), '']);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(([file = '', sentences = '', others = '']) =>
    `  ${file.padEnd(widths[0] ?? 0)}   ${sentences.padStart(widths[1] ?? 0)}   ${others}`.trimEnd(),
  );
}

/** What of a page is checked, sentences first: `41 of 96 sentences`, `9 tables`, `2 of 3 diagrams`. */
function shareWords(coverage: Coverage): string[] {
  const lines = [{ as: 'sentences', one: 'sentence' } as const, ...shares];
  return lines.flatMap(({ as, one }) => (coverage[as].of === 0 ? [] : [words(coverage[as], one)]));
}

function columnsOf(coverage: Coverage): [string, string] {
  const { sentences, suppressions } = coverage;
  const all = shareWords(coverage);
  const others = sentences.of === 0 ? all : all.slice(1);
  if (suppressions > 0) others.push(counted(suppressions, 'suppression'));
  return [sentences.of === 0 ? '' : (all[0] ?? ''), others.join(', ')];
}

/** `9 tables` where all are checked, `2 of 3 diagrams (1 not verified)` where not. */
function words({ checked, unverified, of }: Share, noun: string): string {
  const open = unverified > 0 ? ` (${unverified} not verified)` : '';
  // Of sentences one never expects all: there the whole is told even where it is reached.
  const part = checked === of && noun !== 'sentence' ? '' : `${checked} of `;
  return `${part}${counted(of, noun)}${open}`;
}

function unchecked({ checked, of }: Share): number {
  return of - checked;
}

function sum(a: Share, b: Share): Share {
  return { checked: a.checked + b.checked, unverified: a.unverified + b.unverified, of: a.of + b.of };
}

const none: Share = { checked: 0, unverified: 0, of: 0 };

const maximumPages = 30;
