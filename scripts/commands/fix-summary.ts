import { counted } from '../../plugins/base/index.ts';
import type { Diagnostic } from '../../plugins/checks/index.ts';
import type { FixedPage } from '../../plugins/engine/index.ts';
import { visible } from './print-lines.ts';

/** `docs/x.md:12:9  fact-stale  six → seven`, a line for each thing that was mended. */
export function toldApplied({ applied }: FixedPage): string[] {
  return applied.map(
    ({ diagnostic, from, to }) =>
      `fixed  ${placeOf(diagnostic)}  ${diagnostic.rule}  ${inLine(from)} → ${inLine(to)}\n`,
  );
}

/** What is wrong with the page still, and why no machine may mend it. */
export function toldLeft(page: FixedPage): string[] {
  const { report, blocked, applied } = page;
  const unwritten =
    blocked !== null && applied.length > 0
      ? [`left   ${report.file}  ${applied.length} not written: ${blocked}\n`]
      : [];
  const reported = report.diagnostics.map(
    (diagnostic) =>
      `left   ${placeOf(diagnostic)}  ${diagnostic.rule}  ${visible(diagnostic.message)}\n       ${visible(whyLeft(diagnostic, page))}\n`,
  );
  return [...unwritten, ...reported];
}

/** `fixed 3 on 2 pages; 1 is left: plumbline check shows both sides`. */
export function toldTotal(pages: FixedPage[], manifests: Diagnostic[], dryRun: boolean): string {
  const mended = pages.filter(({ blocked, applied }) => blocked === null && applied.length > 0);
  const count = mended.reduce((sum, { applied }) => sum + applied.length, 0);
  const left = pages.reduce(
    (sum, { blocked, applied, report }) =>
      sum + report.diagnostics.length + (blocked === null ? 0 : applied.length),
    0,
  );
  const on = counted(mended.length, 'page');
  const did = count === 0 ? 'nothing to fix' : `${dryRun ? 'would fix' : 'fixed'} ${count} on ${on}`;
  const faults = [
    ...(left > 0 ? [`${left} on pages`] : []),
    ...(manifests.length > 0 ? [`${manifests.length} in the manifests, which fix never writes`] : []),
  ];
  return `${did}${faults.length > 0 ? `; left: ${faults.join(', ')} (plumbline check shows both sides)` : ''}\n`;
}

function whyLeft(diagnostic: Diagnostic, { blocked, refused }: FixedPage): string {
  const { fix, candidates, help } = diagnostic;
  if (fix !== undefined && blocked !== null) return `not by machine: ${blocked}`;
  if (refused.some(({ fingerprint }) => fingerprint === diagnostic.fingerprint))
    return `not by machine: \`${inLine(fix?.replacement ?? '')}\` does not mend it`;
  if (candidates.length > 1) return `which is meant? \`${candidates.join('`, `')}\``;
  return help ?? 'no replacement is certain';
}

function placeOf({ page }: Diagnostic): string {
  return page === null ? '' : visible(`${page.file}:${page.line}:${page.column}`);
}

/** A text within one line; of a longer one how many lines it has. */
function inLine(text: string): string {
  const lines = text.trimEnd().split('\n').length;
  if (text.trim() === '') return 'nothing';
  if (lines > 1) return `${lines} lines`;
  return visible(text.length > widest ? `${text.slice(0, widest - 1)}…` : text);
}

const widest = 60;
