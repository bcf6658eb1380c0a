import type { Diagnostic } from '../checks/index.ts';
import type { Report } from '../engine/index.ts';
import type { Place, Severity } from '../source/index.ts';
import type { ReporterIo } from './types.ts';
import { unverifiedWords } from './unverified-lines.ts';

/**
 * The format of reviewdog, which turns it into review comments. Ends are exclusive and columns count bytes of
 * UTF-8, so the text of the file is asked; where it is not known a range has lines alone.
 * https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
 */
export function rdjson(report: Report, io: ReporterIo): string {
  const source = { name: 'plumbline' };
  const diagnostics = [
    ...report.diagnostics.map((diagnostic) => rdDiagnostic(diagnostic, io)),
    ...report.unverified.map((one) => ({
      message: `not verified: ${unverifiedWords(one)}`,
      ...(one.origin ? { location: location(one.origin, io) } : {}),
      severity: 'INFO',
      code: { value: 'unverified' },
    })),
    ...(report.baseline?.gone ?? []).map(({ rule, message }) => ({
      message: `mended, and still in ${report.baseline?.file}: ${message}. Drop it with --update-baseline`,
      location: { path: report.baseline?.file },
      severity: 'ERROR',
      code: { value: rule },
    })),
  ];
  return `${JSON.stringify({ source, diagnostics }, null, 2)}\n`;
}

function rdDiagnostic(diagnostic: Diagnostic, io: ReporterIo) {
  const { page, sources, severity, rule, message, expected, actual, help, fix } = diagnostic;
  const place = page ?? sources[0];
  const others = page ? sources : sources.slice(1);
  const replaced = fix?.place ?? page;
  const lines = [
    message,
    ...(expected === null ? [] : [`expected: ${expected}`]),
    ...(actual === null ? [] : [`found: ${actual}`]),
    ...(help === null ? [] : [`help: ${help}`]),
  ];
  return {
    message: lines.join('\n'),
    ...(place ? { location: location(place, io) } : {}),
    severity: severities[severity],
    code: { value: rule, ...(io.ruleUrl ? { url: io.ruleUrl(rule) } : {}) },
    ...(fix && replaced && io.text(replaced.file) !== undefined
      ? { suggestions: [{ range: range(replaced, io), text: fix.replacement }] }
      : {}),
    ...(others.length > 0
      ? {
          relatedLocations: others.map((one) => ({
            message: [one.resource, one.role].filter(Boolean).join(', '),
            location: location(one, io),
          })),
        }
      : {}),
  };
}

function location(place: Place, io: ReporterIo) {
  return { path: io.path?.(place.file) ?? place.file, range: range(place, io) };
}

function range(place: Place, io: ReporterIo) {
  const lines = io.text(place.file)?.split(/\r\n|\n|\r/);
  if (!lines) return { start: { line: place.line }, end: { line: place.endLine } };
  const column = (line: number, units: number) =>
    Buffer.byteLength((lines[line - 1] ?? '').slice(0, units - 1)) + 1;
  return {
    start: { line: place.line, column: column(place.line, place.column) },
    end: { line: place.endLine, column: column(place.endLine, place.endColumn) },
  };
}

const severities: Record<Severity, string> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' };
