import type { Diagnostic } from '../checks/index.ts';
import type { Report } from '../engine/index.ts';
import { where } from './block.ts';
import { visible } from './frame.ts';
import { summary } from './summary-line.ts';
import type { ReporterIo } from './types.ts';
import { unverifiedWords } from './unverified-lines.ts';

/**
 * One line a fault, as editors and `grep` read it: `file:line:column: error[rule] message`; the summary is
 * the last line.
 */
export function concise(report: Report, io: ReporterIo): string {
  const lines = [
    ...report.diagnostics.map((diagnostic) => conciseLine(diagnostic)),
    ...report.unverified.map(
      (one) => `${one.origin ? `${where(one.origin)}: ` : ''}not verified: ${unverifiedWords(one)}`,
    ),
    ...(report.baseline?.gone ?? []).map(
      ({ rule, file, message }) =>
        `${visible(report.baseline?.file ?? '')}: error[baseline] mended, and still listed: ${file === null ? '' : `${visible(file)}: `}${visible(message)} [${visible(rule)}]`,
    ),
    summary(report, io.color),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * A fault on one line; one of the manifests alone stands at its first manifest. `pathOf` says how a file is
 * called.
 */
export function conciseLine(
  { page, sources, severity, rule, message }: Diagnostic,
  pathOf: (file: string) => string = (file) => file,
): string {
  const place = page ?? sources[0];
  const at = place ? `${where({ ...place, file: pathOf(place.file) })}: ` : '';
  return `${at}${severity}[${rule}] ${visible(message)}`;
}
