import { createColors } from 'picocolors';
import { counted } from '../base/index.ts';
import { talliesFrom } from '../checks/index.ts';
import type { Report } from '../engine/index.ts';

/**
 * The last line:
 * `142 claims, 31 diagrams, 18 tables on 12 pages: 3 failed, 1 warning; 4 could not be verified`.
 */
export function summary(report: Report, color = false): string {
  const colors = createColors(color);
  const { checked, diagnostics, unverified } = report;
  const statements = talliesFrom('claims', 'facts', 'diagrams').flatMap(({ as, one, many }) =>
    checked[as] > 0 ? [counted(checked[as], one, many)] : [],
  );
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === 'warning').length;
  const notes = diagnostics.length - errors - warnings;
  const { known = [], gone = [] } = report.baseline ?? {};
  // Of pages that were not looked at nobody knows what they state.
  const isWhole =
    statements.length > 0 && !unverified.some(({ kind }) => kind === 'page') && !isAnyOpen(report);
  const good = known.length > 0 ? 'nothing new failed' : isWhole ? 'all true' : 'nothing failed';
  const verdict = [
    errors > 0 ? colors.red(`${errors} failed`) : colors.green(good),
    ...(warnings > 0 ? [colors.yellow(counted(warnings, 'warning'))] : []),
    ...(notes > 0 ? [counted(notes, 'note')] : []),
    ...(known.length > 0 ? [counted(known.length, 'known fault')] : []),
    ...(gone.length > 0 ? [colors.red(`${gone.length} mended and still in the baseline`)] : []),
  ].join(', ');
  const open = unverified.length > 0 ? `; ${unverified.length} could not be verified` : '';
  return `${whatWasChecked(statements, checked.pages)}: ${verdict}${open}`;
}

/** Of a statement that is not verified nobody says that it is true. */
function isAnyOpen({ pages }: Report): boolean {
  return pages.some(({ cases }) => cases.some(({ outcome }) => outcome === 'unverified'));
}

function whatWasChecked(statements: string[], number: number): string {
  const pages = number === 0 ? 'no pages' : counted(number, 'page');
  if (statements.length > 0) return `${statements.join(', ')} on ${pages}`;
  return number === 0 ? pages : `${pages}, with nothing to check on ${number === 1 ? 'it' : 'them'}`;
}
