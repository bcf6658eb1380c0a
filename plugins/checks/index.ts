/** What a page states × the model → verdicts. The same verdict prints a page and checks it. */

export { subjectKind } from './attributes.ts';
export { diagnose, suggestion } from './diagnose.ts';
export { repeatedDiagrams } from './diagrams/repeated.ts';
export { tipOf } from './diagrams/tips.ts';
export { exampleOutput, relatedRules } from './example-output.ts';
export { inlineStatement } from './inline.ts';
export { judge } from './judge.ts';
export { decoded } from './links/url.ts';
export { checkPlatform } from './platform.ts';
export { isRule, type RuleName, rules } from './rules.ts';
export { excerptAttributes } from './statements/excerpt.ts';
export type * from './types.ts';
export { isVerdictOf } from './verdict.ts';
