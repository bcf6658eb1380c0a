/**
 * What becomes of a rule that fails. Source: kyverno `pkg/engine/api/engineresponse.go` (ruleAction,
 * matchOverride, failureActionForRule), `pkg/controllers/policycache/controller.go` reconcile.
 */
import {
  at,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  textAt,
  textsAt,
} from '../../../base/index.ts';
import { type NamespaceLabels, namespaceSelectorHolds } from '../match.ts';
import { wildcard } from '../wildcard.ts';

/**
 * `Enforce` or `Audit`: the first override that fits before what is written, the rule's before the policy's.
 * An override whose namespace is not known does not fit. A policy that no request is held to audits, whatever
 * it says.
 */
export function actionOf(
  policy: JsonObject,
  rule: JsonObject,
  namespace: string | null,
  labelsOf: NamespaceLabels,
): string {
  if (!isAsked(policy)) return 'Audit';
  const overriding = (list: readonly JsonValue[]): string | undefined => {
    const found = list.find((one) => isObject(one) && isAction(one) && fits(one, namespace, labelsOf));
    return found === undefined ? undefined : textAt(found, 'action');
  };
  return named(
    overriding(listAt(rule, 'validate', 'failureActionOverrides')) ??
      writtenIn(rule) ??
      overriding(listAt(policy, 'spec', 'validationFailureActionOverrides')) ??
      textAt(policy, 'spec', 'validationFailureAction'),
  );
}

/** The action where no override fits. */
export function actionWritten(policy: JsonObject, rule: JsonObject): string {
  if (!isAsked(policy)) return 'Audit';
  return named(writtenIn(rule) ?? textAt(policy, 'spec', 'validationFailureAction'));
}

/**
 * Whether a rule or an override of it enforces: then all of its rules are asked before a request is let in.
 * Source: kyverno `pkg/policycache/store.go` computeEnforcePolicy, set.
 */
export function enforcesAny(policy: JsonObject): boolean {
  const ofRules = listAt(policy, 'spec', 'rules').flatMap((rule) => [
    textAt(rule, 'validate', 'failureAction'),
    ...listAt(rule, 'validate', 'failureActionOverrides').map((one) => textAt(one, 'action')),
  ]);
  const ofPolicy = listAt(policy, 'spec', 'validationFailureActionOverrides').map((one) =>
    textAt(one, 'action'),
  );
  const all = [textAt(policy, 'spec', 'validationFailureAction'), ...ofPolicy, ...ofRules];
  return isAsked(policy) && all.some((action) => named(action) === 'Enforce');
}

/** False where the policy is for the background scan alone. */
export function isAsked(policy: JsonObject): boolean {
  return (
    at(policy, 'spec', 'admission') !== false &&
    at(policy, 'spec', 'evaluation', 'admission', 'enabled') !== false
  );
}

/** Of a rule about images one entry that enforces is enough, else its first word counts. */
function writtenIn(rule: JsonObject): string | undefined {
  if (isObject(rule.validate)) return textAt(rule.validate, 'failureAction');
  const ofImages = listAt(rule, 'verifyImages').flatMap((entry) => textAt(entry, 'failureAction') ?? []);
  return ofImages.find((action) => named(action) === 'Enforce') ?? ofImages[0];
}

function named(written: string | undefined): string {
  return written?.toLowerCase() === 'enforce' ? 'Enforce' : 'Audit';
}

/** An override of no known action is passed over. */
function isAction(override: JsonObject): boolean {
  return ['enforce', 'audit'].includes(textAt(override, 'action')?.toLowerCase() ?? '');
}

/** A list of no namespaces holds none; without a list the selector decides, without either all fit. */
function fits(override: JsonObject, namespace: string | null, labelsOf: NamespaceLabels): boolean {
  const names = Array.isArray(override.namespaces) ? textsAt(override, 'namespaces') : null;
  const selector = isObject(override.namespaceSelector) ? override.namespaceSelector : undefined;
  if (names !== null && !names.some((name) => wildcard(name, namespace ?? ''))) return false;
  if (!selector) return true;
  return namespace !== null && namespaceSelectorHolds(selector, namespace, labelsOf) === true;
}
