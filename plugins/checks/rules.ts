import { claimEmpty } from './rules/claim-empty.ts';
import { claimFalse } from './rules/claim-false.ts';
import { commandUnknown } from './rules/command-unknown.ts';
import { diagramDuplicate } from './rules/diagram-duplicate.ts';
import { diagramEdgeUnbacked } from './rules/diagram-edge-unbacked.ts';
import { diagramIncomplete } from './rules/diagram-incomplete.ts';
import { diagramInvalid } from './rules/diagram-invalid.ts';
import { diagramReferenceUnknown } from './rules/diagram-reference-unknown.ts';
import { directiveInvalid } from './rules/directive-invalid.ts';
import { eventRouteDead } from './rules/event-route-dead.ts';
import { excerptStale } from './rules/excerpt-stale.ts';
import { factStale } from './rules/fact-stale.ts';
import { generatorUnverified } from './rules/generator-unverified.ts';
import { linkBroken } from './rules/link-broken.ts';
import { manifestInvalid } from './rules/manifest-invalid.ts';
import { pathMissing } from './rules/path-missing.ts';
import { projectForbids } from './rules/project-forbids.ts';
import { queryInvalid } from './rules/query-invalid.ts';
import { referenceUnknown } from './rules/reference-unknown.ts';
import { renderFailed } from './rules/render-failed.ts';
import { resourceDuplicate } from './rules/resource-duplicate.ts';
import { resourceExcluded } from './rules/resource-excluded.ts';
import { secretStoreMissing } from './rules/secret-store-missing.ts';
import { snapshotStale } from './rules/snapshot-stale.ts';
import { suppressionUnused } from './rules/suppression-unused.ts';
import { waveInert } from './rules/wave-inert.ts';
import { waveInverted } from './rules/wave-inverted.ts';
import type { Rule } from './types.ts';

/** Every rule, by name: rules about pages first, then those about the manifests alone. The rule pages are made from this. */
export const rules = {
  'path-missing': pathMissing,
  'reference-unknown': referenceUnknown,
  'claim-false': claimFalse,
  'claim-empty': claimEmpty,
  'fact-stale': factStale,
  'excerpt-stale': excerptStale,
  'snapshot-stale': snapshotStale,
  'diagram-invalid': diagramInvalid,
  'diagram-reference-unknown': diagramReferenceUnknown,
  'diagram-edge-unbacked': diagramEdgeUnbacked,
  'diagram-incomplete': diagramIncomplete,
  'diagram-duplicate': diagramDuplicate,
  'command-unknown': commandUnknown,
  'link-broken': linkBroken,
  'query-invalid': queryInvalid,
  'directive-invalid': directiveInvalid,
  'suppression-unused': suppressionUnused,
  'manifest-invalid': manifestInvalid,
  'resource-duplicate': resourceDuplicate,
  'resource-excluded': resourceExcluded,
  'project-forbids': projectForbids,
  'render-failed': renderFailed,
  'generator-unverified': generatorUnverified,
  'wave-inert': waveInert,
  'wave-inverted': waveInverted,
  'event-route-dead': eventRouteDead,
  'secret-store-missing': secretStoreMissing,
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

/** True for the name of a rule: what a suppression and the configuration may name. */
export function isRule(name: string): name is RuleName {
  return Object.hasOwn(rules, name);
}
