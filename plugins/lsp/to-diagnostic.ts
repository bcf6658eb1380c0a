import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Diagnostic as Fault } from '../checks/index.ts';
import { rulePage, suggestion } from '../checks/index.ts';
import type { Place, Severity } from '../source/index.ts';
import { absolute, rangeOf, uriOf } from './ranges.ts';

/**
 * A fault as an editor shows it: what is wrong, what was expected and what is, how to mend it; the other side
 * as a place to go to.
 * @param place where it is shown: in the page, or in a manifest.
 */
export function toDiagnostic(
  fault: Fault,
  place: Place,
  { root, site }: { root: string; site: string | undefined },
): Diagnostic {
  const [own] = fault.sources;
  const isThere = fault.page === null && own?.file === place.file && own.line === place.line;
  const related = fault.sources
    .slice(isThere ? 1 : 0)
    .flatMap(({ role, resource, via, ...at }) => [
      relatedAt(at, `${role}${resource === null ? '' : `: ${resource}`}`, root),
      ...via.map(({ file, line, what }) =>
        relatedAt({ file, line, column: 1, endLine: line, endColumn: 1 }, `via ${what}`, root),
      ),
    ]);
  return {
    range: rangeOf(place),
    severity: severities[fault.severity],
    source: 'plumbline',
    code: fault.rule,
    ...(site === undefined ? {} : { codeDescription: { href: rulePage(site, fault.rule) } }),
    message: messageOf(fault),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    data: { fingerprint: fault.fingerprint },
  };
}

/** A fault of a manifest as the statement of a page shows it that is not verified for its sake. */
export function unverifiedBy(
  fault: Fault,
  place: Place,
  site: Parameters<typeof toDiagnostic>[2],
): Diagnostic {
  const told = toDiagnostic(fault, place, site);
  return { ...told, severity: DiagnosticSeverity.Warning, message: `not verified: ${told.message}` };
}

function messageOf({ message, expected, actual, candidates, help }: Fault): string {
  const sides = [
    expected === null ? [] : [`expected: ${expected}`],
    actual === null ? [] : [`found: ${actual}`],
  ].flat();
  const mend = help ?? (candidates.length > 0 ? suggestion(candidates, candidates) : null);
  return [message, ...sides, ...(mend === null ? [] : [mend])].join('\n');
}

function relatedAt(place: Place, message: string, root: string) {
  return { location: { uri: uriOf(absolute(place.file, root)), range: rangeOf(place) }, message };
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};
