/** What a page states × the model → verdicts. The same verdict prints a page and checks it. */

export { subjectKind } from './attribute-checks.ts';
export { suggestion } from './diagnose.ts';
export type { Diagnostic } from './diagnostic.ts';
export { tipOf } from './diagrams/shape-tips.ts';
export { exampleFile, exampleOutput, relatedRules } from './example-output.ts';
export { extract, offsetOf } from './find/extract.ts';
export { commandsIn } from './find/find-commands.ts';
export { withoutOptions } from './find/find-excerpt.ts';
export { markOf } from './find/find-snapshot.ts';
export { suppress } from './find/suppressions.ts';
export type { Extraction, Located } from './find/types.ts';
export { inlineStatement } from './inline.ts';
export { judge } from './judge.ts';
export { decoded } from './links/decoded-url.ts';
export { pageFault } from './rules/pages/directive-invalid.ts';
export type { Rule } from './rules/rule.ts';
export { isRule, type RuleName, ruleNames, rules } from './rules.ts';
export { checkPlatform, checkStatements } from './run-rules.ts';
export { excerptAttributes } from './statements/excerpt.ts';
export type * from './types.ts';
export * from './verdict.ts';
