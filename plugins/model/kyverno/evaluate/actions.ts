/** What becomes of a rule that fails. Source: kyverno `pkg/engine/api` and `pkg/utils/policy`. */
import { isObject, type JsonObject, type JsonValue, listAt, textAt, textsAt } from '../../../base/index.ts';
import { type NamespaceLabels, namespaceSelectorHolds } from '../match.ts';
import { wildcard } from '../wildcard.ts';

/**
 * `Enforce` or `Audit`: the first override that fits before what is written, the rule's before the policy's.
 * An override whose namespace is not known does not fit.
 */
export function actionOf(
  policy: JsonObject,
  rule: JsonObject,
  namespace: string | null,
  labelsOf: NamespaceLabels,
): string {
  const validate = isObject(rule.validate) ? rule.validate : {};
  const overriding = (list: readonly JsonValue[]): string | undefined => {
    const found = list.find((one) => isObject(one) && fits(one, namespace, labelsOf));
    return found === undefined ? undefined : textAt(found, 'action');
  };
  return named(
    overriding(listAt(validate, 'failureActionOverrides')) ??
      textAt(validate, 'failureAction') ??
      overriding(listAt(policy, 'spec', 'validationFailureActionOverrides')) ??
      textAt(policy, 'spec', 'validationFailureAction'),
  );
}

/** The action where no override fits. */
export function actionWritten(policy: JsonObject, rule: JsonObject): string {
  return named(
    textAt(rule, 'validate', 'failureAction') ?? textAt(policy, 'spec', 'validationFailureAction'),
  );
}

function named(written: string | undefined): string {
  return written?.toLowerCase() === 'enforce' ? 'Enforce' : 'Audit';
}

function fits(override: JsonObject, namespace: string | null, labelsOf: NamespaceLabels): boolean {
  const names = textsAt(override, 'namespaces');
  const selector = isObject(override.namespaceSelector) ? override.namespaceSelector : undefined;
  if (names.length > 0 && !names.some((name) => wildcard(name, namespace ?? ''))) return false;
  if (!selector) return true;
  return namespace !== null && namespaceSelectorHolds(selector, namespace, labelsOf) === true;
}
