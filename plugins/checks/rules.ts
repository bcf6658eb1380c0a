import { dependencyNotReady } from './rules/manifests/dependency-not-ready.ts';
import { engineDiffers } from './rules/manifests/engine-differs.ts';
import { eventRouteDead } from './rules/manifests/event-route-dead.ts';
import { generatorUnverified } from './rules/manifests/generator-unverified.ts';
import { lockMismatch } from './rules/manifests/lock-mismatch.ts';
import { manifestInvalid } from './rules/manifests/manifest-invalid.ts';
import { policyViolated } from './rules/manifests/policy-violated.ts';
import { projectForbids } from './rules/manifests/project-forbids.ts';
import { renderFailed } from './rules/manifests/render-failed.ts';
import { resourceDuplicate } from './rules/manifests/resource-duplicate.ts';
import { resourceExcluded } from './rules/manifests/resource-excluded.ts';
import { routeDead } from './rules/manifests/route-dead.ts';
import { secretKeyMissing } from './rules/manifests/secret-key-missing.ts';
import { secretRefused } from './rules/manifests/secret-refused.ts';
import { secretStoreMissing } from './rules/manifests/secret-store-missing.ts';
import { sourceMissing } from './rules/manifests/source-missing.ts';
import { waveInert } from './rules/manifests/wave-inert.ts';
import { waveInverted } from './rules/manifests/wave-inverted.ts';
import { workflowTemplateMissing } from './rules/manifests/workflow-template-missing.ts';
import { claimEmpty } from './rules/pages/claim-empty.ts';
import { claimFalse } from './rules/pages/claim-false.ts';
import { commandUnknown } from './rules/pages/command-unknown.ts';
import { diagramDuplicate } from './rules/pages/diagram-duplicate.ts';
import { diagramEdgeUnbacked } from './rules/pages/diagram-edge-unbacked.ts';
import { diagramIncomplete } from './rules/pages/diagram-incomplete.ts';
import { diagramInvalid } from './rules/pages/diagram-invalid.ts';
import { diagramReferenceUnknown } from './rules/pages/diagram-reference-unknown.ts';
import { directiveInvalid } from './rules/pages/directive-invalid.ts';
import { excerptStale } from './rules/pages/excerpt-stale.ts';
import { factStale } from './rules/pages/fact-stale.ts';
import { linkBroken } from './rules/pages/link-broken.ts';
import { pageAddress } from './rules/pages/page-address.ts';
import { pathMissing } from './rules/pages/path-missing.ts';
import { queryInvalid } from './rules/pages/query-invalid.ts';
import { referenceUnknown } from './rules/pages/reference-unknown.ts';
import { snapshotStale } from './rules/pages/snapshot-stale.ts';
import { suppressionUnused } from './rules/pages/suppression-unused.ts';
import type { Rule } from './rules/rule.ts';

/**
 * Every rule, by its name: those about pages first, then those about the manifests alone. Whatever lists
 * rules is made from this: their pages, `explain`, the reports, what a suppression and the configuration may
 * name.
 */
export const rules = byName([
  pathMissing,
  referenceUnknown,
  claimFalse,
  claimEmpty,
  factStale,
  excerptStale,
  snapshotStale,
  diagramInvalid,
  diagramReferenceUnknown,
  diagramEdgeUnbacked,
  diagramIncomplete,
  diagramDuplicate,
  commandUnknown,
  linkBroken,
  pageAddress,
  queryInvalid,
  directiveInvalid,
  suppressionUnused,
  manifestInvalid,
  resourceDuplicate,
  resourceExcluded,
  projectForbids,
  renderFailed,
  generatorUnverified,
  waveInert,
  waveInverted,
  eventRouteDead,
  routeDead,
  policyViolated,
  secretStoreMissing,
  workflowTemplateMissing,
  secretKeyMissing,
  secretRefused,
  sourceMissing,
  dependencyNotReady,
  lockMismatch,
  engineDiffers,
]);

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules);

/** True for the name of a rule: what a suppression and the configuration may name. */
export function isRule(name: string): name is RuleName {
  return Object.hasOwn(rules, name);
}

function byName<const Rules extends readonly Rule[]>(list: Rules): ByName<Rules> {
  return Object.fromEntries(list.map((rule) => [rule.name, rule])) as ByName<Rules>;
}

type ByName<Rules extends readonly Rule[]> = { [One in Rules[number] as One['name']]: One };
