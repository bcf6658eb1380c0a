/** The rules that look at more than one statement, run over the table: a new one needs no caller. */
import type { Platform } from '../platform/index.ts';
import { distinctDiagnostics } from '../source/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import { modelDiagnostics } from './model-findings.ts';
import { createOtherRevisions } from './other-revisions.ts';
import type { Raised } from './rules/rule.ts';
import { type RuleName, rules } from './rules.ts';
import type { CheckContext, StatementBase } from './types.ts';

/** What can be said of the manifests without any page; each once. */
export function checkPlatform(platform: Platform): Diagnostic[] {
  const isOfAnotherRevision = createOtherRevisions(platform);
  return distinctDiagnostics([
    ...modelDiagnostics(platform),
    ...manifestChecks.flatMap((check) => check(platform)),
  ]).filter((one) => !isOfAnotherRevision(one));
}

/**
 * What can be said of a page's statements beyond what each says by itself, by the statement that it is about.
 */
export function checkStatements(
  statements: readonly StatementBase[],
  context: CheckContext,
): Map<StatementBase, Diagnostic[]> {
  const raised = pageChecks.flatMap((check) => check(statements, context));
  const grouped = Map.groupBy(raised, ({ statement }) => statement);
  return new Map(
    [...grouped].map(([statement, some]) => [statement, some.map(({ diagnostic }) => diagnostic)]),
  );
}

const manifestChecks = Object.values(rules).flatMap((rule): ManifestCheck[] =>
  rule.about === 'manifests' && 'check' in rule ? [rule.check] : [],
);

const pageChecks = Object.values(rules).flatMap((rule): PageCheck[] =>
  rule.about === 'page' && 'check' in rule ? [rule.check] : [],
);

type ManifestCheck = (platform: Platform) => Diagnostic[];
type PageCheck = (statements: readonly StatementBase[], context: CheckContext) => Raised<RuleName>[];
