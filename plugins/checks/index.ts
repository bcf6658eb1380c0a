/**
 * What a page states × the model → verdicts. The same verdict prints a page and checks it. Each kind of
 * statement is a row of `statements/index.ts`: it finds its own on a page, judges, counts and names them; the
 * folders beside it are what the larger kinds ask.
 */

export { suggestion } from './diagnose.ts';
export type { Diagnostic } from './diagnostic.ts';
export { fileStatement } from './diagrams/find-fence.ts';
export { tipOf } from './diagrams/shape-tips.ts';
export type * from './diagrams/types.ts';
export { exampleOutput, relatedRules } from './example-output.ts';
export { withoutOptions } from './excerpts/find-excerpt.ts';
export type { ExcerptStatement } from './excerpts/types.ts';
export { type Extraction, extract, type Located } from './extract.ts';
export { decoded } from './links/decoded-url.ts';
export { href, type SiteAddress } from './links/href.ts';
export { createSite } from './links/site.ts';
export { readSiteFacts, type SiteFacts } from './links/site-facts.ts';
export type { Lead } from './links/types.ts';
export { type PrintedModel, printedModel } from './model-findings.ts';
export { openRunWork, type RunWork, spending } from './page-work.ts';
export { rulePage } from './rule-page.ts';
export { pageFault } from './rules/pages/directive-invalid.ts';
export { type AddressFault, addressFault } from './rules/pages/page-address.ts';
export { unusedSuppression } from './rules/pages/suppression-unused.ts';
export type { Rule } from './rules/rule.ts';
export { isRule, type RuleName, ruleNames, rules } from './rules.ts';
export { checkPlatform, checkStatements } from './run-rules.ts';
export type { ClaimFound } from './statements/claim.ts';
export {
  isHeld,
  isVerdictOf,
  kindOf,
  type ShareName,
  type Statement,
  type StatementType,
  shares,
  statementKinds,
  type Tally,
  type TallyName,
  talliesFrom,
  type Verdict,
  type VerdictOf,
} from './statements/index.ts';
export { markOf } from './tables/find-snapshot.ts';
export type * from './types.ts';
export { hasUnknownDeployers } from './unknown-deployers.ts';
export { leftOut, type Outcome } from './verdict.ts';
