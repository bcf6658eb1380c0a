import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { nearest } from '../base/index.ts';
import type { PageReport } from '../engine/index.ts';
import { rangeOf } from './ranges.ts';

/**
 * What mends the faults in a range: replacements that they call certain, as `plumbline fix` makes them; where
 * there is none and one word is wrong, the words that come near it.
 */
export function quickFixes(
  report: PageReport,
  range: Range,
  { document, shown }: { document: TextDocument; shown: readonly Diagnostic[] },
): CodeAction[] {
  return report.diagnostics.flatMap(({ page, fix, fingerprint, candidates }) => {
    const place = fix?.place ?? page;
    if (page === null || place === null || place.file !== report.file) return [];
    if (!overlaps(rangeOf(page), range)) return [];
    const written = document.getText(rangeOf(place));
    const texts = fix === undefined ? meant(written, candidates) : [fix.replacement];
    return texts.map((newText) => ({
      title: titleOf(newText),
      kind: CodeActionKind.QuickFix,
      isPreferred: fix !== undefined,
      diagnostics: shown.filter(({ data }) => isOf(data, fingerprint)),
      edit: { changes: { [document.uri]: [{ range: rangeOf(place), newText }] } },
    }));
  });
}

/** A fault may hold more than the wrong word, and a candidate less: only what is like it takes its place. */
function meant(written: string, candidates: readonly string[]): string[] {
  return isWord(written) ? nearest(written, candidates.filter(isWord)) : [];
}

function isWord(text: string): boolean {
  return /^[\w./-]+$/.test(text);
}

function titleOf(replacement: string): string {
  const [first = '', ...more] = replacement.trim().split('\n');
  return more.length > 0 || first.length > 60 ? 'Write what the manifests say' : `Write \`${first}\``;
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
