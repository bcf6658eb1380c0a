import { matchPaths } from '../globs.ts';
import { missingPath } from '../rules/pages/path-missing.ts';
import type { CheckContext, PathStatement } from '../types.ts';
import type { VerdictOf } from '../verdict.ts';

/** Inline code that is a path or glob under the manifest roots must match at least one file. */
export function judgePath(statement: PathStatement, { platform }: CheckContext): VerdictOf<'path'> {
  const pattern = statement.pattern.replace(/:\d+(?:[-:]\d+)?$/, '');
  const paths = [...platform.sources.files.keys()];
  const files = matchPaths(pattern, paths);
  if (files.length > 0)
    return { statement, outcome: 'true', diagnostics: [], unverified: [], result: { files } };

  const diagnostic = missingPath(pattern, statement.place, platform);
  return { statement, outcome: 'false', diagnostics: [diagnostic], unverified: [], result: null };
}
