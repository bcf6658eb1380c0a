import type { DiagnosticSource, SourceFile } from '../../source/index.ts';
import { linesIn } from './passage.ts';
import type { ExcerptStatement } from './types.ts';

/** What an excerpt is told apart by: its options, never its lines. */
export function aboutOf({ attributes }: ExcerptStatement): string {
  return ['source', 'resource', 'at', 'lines'].map((name) => attributes[name]?.value ?? '').join('|');
}

/** A line of the file as one side of a fault. */
export function sourceAt(
  file: SourceFile,
  line: number,
  path: string | null,
  role = 'actual',
  column?: number,
): DiagnosticSource {
  const text = linesIn(file)[line - 1] ?? '';
  const start = column ?? text.length - text.trimStart().length + 1;
  const place = {
    file: file.path,
    line,
    column: start,
    endLine: line,
    endColumn: Math.max(start, text.length) + 1,
  };
  return { ...place, resource: null, path, role, via: [] };
}
