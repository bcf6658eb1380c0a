/** What a page states × the model → verdicts. The same verdict prints a page and checks it. */

export { diagnose, suggestion } from './diagnose.ts';
export { inlineStatement } from './inline.ts';
export { judge } from './judge.ts';
export { checkPlatform } from './platform.ts';
export { isRule, type RuleName, rules } from './rules.ts';
export type * from './types.ts';
export { isVerdictOf } from './verdict.ts';
