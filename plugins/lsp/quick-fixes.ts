import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from 'vscode-languageserver/node';
import type { PageReport } from '../engine/index.ts';
import { rangeOf } from './ranges.ts';

/** The replacements that the faults in a range call certain, as `plumbline fix` makes them. */
export function quickFixes(
  report: PageReport,
  range: Range,
  { uri, shown }: { uri: string; shown: readonly Diagnostic[] },
): CodeAction[] {
  return report.diagnostics.flatMap(({ page, fix, fingerprint }) => {
    const place = fix?.place ?? page;
    if (fix === undefined || page === null || place === null || place.file !== report.file) return [];
    if (!overlaps(rangeOf(page), range)) return [];
    const { replacement } = fix;
    const [first = '', ...more] = replacement.trim().split('\n');
    return [
      {
        title: more.length > 0 || first.length > 60 ? 'Write what the manifests say' : `Write \`${first}\``,
        kind: CodeActionKind.QuickFix,
        isPreferred: true,
        diagnostics: shown.filter(({ data }) => isOf(data, fingerprint)),
        edit: { changes: { [uri]: [{ range: rangeOf(place), newText: replacement }] } },
      },
    ];
  });
}

function isOf(data: unknown, fingerprint: string): boolean {
  return (
    typeof data === 'object' && data !== null && 'fingerprint' in data && data.fingerprint === fingerprint
  );
}

function overlaps(a: Range, b: Range): boolean {
  const isBefore = (one: Range, other: Range) =>
    one.end.line < other.start.line ||
    (one.end.line === other.start.line && one.end.character < other.start.character);
  return !isBefore(a, b) && !isBefore(b, a);
}
