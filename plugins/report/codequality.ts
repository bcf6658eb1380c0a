import { digestOf } from '../base/index.ts';
import type { Report } from '../engine/index.ts';
import type { Place, Severity } from '../source/index.ts';
import type { ReporterIo } from './types.ts';
import { unverifiedWords } from './unverified-lines.ts';

/**
 * GitLab's report of code quality, which a merge request shows beside the changed lines: a list of issues.
 * What could not be verified is the least of its severities, which no gate refuses.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function codequality(report: Report, io: ReporterIo): string {
  const issues = report.diagnostics.map(
    ({ rule, severity, message, expected, actual, help, page, sources, fingerprint }) => ({
      description: [
        message,
        ...(expected === null ? [] : [`expected: ${expected}`]),
        ...(actual === null ? [] : [`found: ${actual}`]),
        ...(help === null ? [] : [`help: ${help}`]),
      ].join('; '),
      check_name: rule,
      fingerprint,
      severity: severities[severity],
      location: location(page ?? sources[0], io),
    }),
  );
  const gone = (report.baseline?.gone ?? []).map(({ rule, message, fingerprint }) => ({
    description: `mended, and still in the baseline: ${message}; drop it with --update-baseline`,
    check_name: rule,
    fingerprint: `gone-${fingerprint}`,
    severity: severities.error,
    location: { path: report.baseline?.file ?? '.', lines: { begin: 1 } },
  }));
  const unverified = report.unverified.map((one) => {
    const description = `not verified: ${unverifiedWords(one)}`;
    return {
      description,
      check_name: 'unverified',
      fingerprint: digestOf(`${one.origin?.file ?? ''}:${description}`),
      severity: severities.info,
      location: location(one.origin ?? undefined, io),
    };
  });
  return `${JSON.stringify([...issues, ...unverified, ...gone], null, 2)}\n`;
}

/** GitLab refuses an issue without a place: what has none is the repository's. */
function location(place: Pick<Place, 'file' | 'line'> | undefined, { path = (file) => file }: ReporterIo) {
  return { path: place ? path(place.file) : '.', lines: { begin: place?.line ?? 1 } };
}

const severities: Record<Severity, string> = { error: 'major', warning: 'minor', info: 'info' };
