/**
 * `matchConstraints` of admission policies: which requests a policy looks at. Source:
 * `pkg/admission/plugin/webhook/predicates` of k8s.io/apiserver, and `pkg/cel/matching` of kyverno.
 */
import { asText, type JsonObject, listAt, objectAt, textAt, textsAt } from '../../../base/index.ts';
import { listOf, resourceNameOf } from './cel-variables.ts';
import type { Environment, Subject } from './types.ts';

/**
 * Whether the constraints select the subject; a text says on what only a cluster knows that hangs.
 * @param isEquivalent other versions of the same resource are the same, as the API server has it.
 */
export function constraintsSelect(
  constraints: JsonObject,
  subject: Subject,
  environment: Environment,
  isEquivalent = false,
): boolean | string {
  const takes = (rule: JsonObject) => ruleTakes(rule, subject, environment, isEquivalent);
  const taken = listOf(constraints, 'resourceRules').map(takes);
  const answer = taken.includes(true) ? true : taken.find((one) => typeof one === 'string');
  if (answer === undefined) return false;
  if (listOf(constraints, 'excludeResourceRules').some((rule) => takes(rule) === true)) return false;
  if (!selects(objectAt(constraints, 'objectSelector'), subject.labels)) return false;
  const ofNamespace = namespaceSelected(objectAt(constraints, 'namespaceSelector'), subject, environment);
  return ofNamespace === false || answer === true ? ofNamespace : answer;
}

function ruleTakes(
  rule: JsonObject,
  subject: Subject,
  environment: Environment,
  isEquivalent: boolean,
): boolean | string {
  const has = (key: string, value: string) =>
    textsAt(rule, key).some((text) => text === '*' || text === value);
  if (!has('operations', subject.operation) && listAt(rule, 'operations').length > 0) return false;
  const names = textsAt(rule, 'resourceNames');
  if (names.length > 0 && !names.includes(subject.name)) return false;
  const scope = textAt(rule, 'scope') ?? '*';
  if (scope !== '*' && (scope === 'Namespaced') !== (subject.namespace !== null)) return false;
  if (!has('apiGroups', subject.group)) return false;
  const resource = resourceNameOf(subject, environment);
  const sub = subject.subresource ?? '';
  const isNamed = textsAt(rule, 'resources').some((text) => {
    const [main = '', part = ''] = text.split('/');
    return (main === '*' || main === resource) && (part === sub || (part === '*' && text.includes('/')));
  });
  if (!isNamed) return false;
  if (has('apiVersions', subject.version)) return true;
  return isEquivalent
    ? `whether the cluster serves ${resource} of ${textsAt(rule, 'apiVersions').join(', ')} too`
    : false;
}

/** What lies in no Namespace is selected, a Namespace by its own labels. */
function namespaceSelected(
  selector: JsonObject,
  subject: Subject,
  environment: Environment,
): boolean | string {
  if (isEmpty(selector)) return true;
  if (subject.kind === 'Namespace' && subject.group === '')
    return selects(selector, { 'kubernetes.io/metadata.name': subject.name, ...subject.labels });
  if (subject.namespace === null) return true;
  const found = environment.namespaceObject(subject.namespace);
  const labels = {
    ...environment.labelsGiven?.(subject.namespace),
    'kubernetes.io/metadata.name': subject.namespace,
    ...(objectAt(found, 'metadata', 'labels') as Record<string, string>),
  };
  if (found !== undefined) return selects(selector, labels);
  const requirements = requirementsOf(selector);
  if (!requirements.every(({ key, holds }) => !Object.hasOwn(labels, key) || holds(labels))) return false;
  return requirements.every(({ key }) => Object.hasOwn(labels, key))
    ? true
    : `the labels of the Namespace \`${subject.namespace}\`, which no manifest declares`;
}

/** A label selector of Kubernetes: no wildcards; an empty one selects all. */
export function selects(selector: JsonObject, labels: Record<string, unknown>): boolean {
  return requirementsOf(selector).every(({ holds }) => holds(labels));
}

function isEmpty(selector: JsonObject): boolean {
  return requirementsOf(selector).length === 0;
}

function requirementsOf(selector: JsonObject): Requirement[] {
  const exact = Object.entries(objectAt(selector, 'matchLabels')).map(
    ([key, value]): Requirement => ({
      key,
      holds: (labels) => Object.hasOwn(labels, key) && labels[key] === asText(value),
    }),
  );
  const expressions = listOf(selector, 'matchExpressions').map((expression): Requirement => {
    const key = textAt(expression, 'key') ?? '';
    const values: unknown[] = textsAt(expression, 'values');
    return {
      key,
      holds(labels) {
        const has = Object.hasOwn(labels, key);
        switch (textAt(expression, 'operator')) {
          case 'In':
            return has && values.includes(labels[key]);
          case 'NotIn':
            return !has || !values.includes(labels[key]);
          case 'Exists':
            return has;
          case 'DoesNotExist':
            return !has;
          default:
            return false;
        }
      },
    };
  });
  return [...exact, ...expressions];
}

interface Requirement {
  key: string;
  holds(labels: Record<string, unknown>): boolean;
}
