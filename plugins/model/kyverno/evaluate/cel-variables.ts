/** What expressions of admission policies may name, of one subject. */
import { type JsonObject, listAt, objectAt, pluralOf, textAt } from '../../../base/index.ts';
import {
  type Evaluated,
  fromJson,
  lazyObject,
  policyExpression,
  Unknown,
  type Variables,
} from '../../../cel/index.ts';
import type { Environment, Subject } from './types.ts';

/**
 * The names of a request, with those that a policy has besides.
 * @param others names besides, or in place of these.
 * @param variables of the policy: each may ask for those before it, and is worked out when it is first asked
 * for.
 */
export function celVariables(
  subject: Subject,
  environment: Environment,
  variables: readonly unknown[] = [],
  others: Record<string, unknown> = {},
): Variables {
  const names = new Map<string, () => unknown>();
  const isDeleted = subject.operation === 'DELETE';
  const old = subject.request?.oldObject ?? null;
  names.set('object', () => (isDeleted ? null : fromJson(subject.object)));
  names.set('oldObject', () => fromJson(isDeleted ? (old ?? subject.object) : old));
  names.set('namespaceObject', () => namespaceObject(subject, environment));
  names.set('request', () => requestOf(subject, environment));
  names.set('authorizer', () => new Unknown('what the user may do (`authorizer`)'));
  for (const [name, value] of Object.entries(others)) names.set(name, () => value);
  const known = new Map<string, unknown>();
  const lookUp: Variables = (name) => {
    if (!known.has(name)) known.set(name, names.get(name)?.());
    return known.get(name);
  };
  if (variables.length > 0) known.set('variables', composed(variables, lookUp));
  return lookUp;
}

function composed(variables: readonly unknown[], lookUp: Variables): object {
  const fields = new Map<string, () => Evaluated>();
  for (const variable of variables) {
    const name = textAt(variable, 'name');
    const expression = textAt(variable, 'expression');
    if (name === undefined || expression === undefined) continue;
    const before = lazyObject(new Map(fields));
    fields.set(name, () =>
      policyExpression(expression).evaluate((asked) => (asked === 'variables' ? before : lookUp(asked))),
    );
  }
  return lazyObject(fields);
}

/** Null for what lies in no Namespace, and for Namespaces. */
function namespaceObject(subject: Subject, environment: Environment): unknown {
  if (subject.namespace === null || (subject.kind === 'Namespace' && subject.group === '')) return null;
  const found = environment.namespaceObject(subject.namespace);
  return found === undefined
    ? new Unknown(`what the Namespace \`${subject.namespace}\` says, which no manifest declares`)
    : fromJson(found);
}

function requestOf(subject: Subject, environment: Environment): object {
  const { group, version, kind } = subject;
  const resource = { group, version, resource: resourceNameOf(subject, environment) };
  const user = subject.request?.userInfo ?? subject.user;
  const known = {
    kind: { group, version, kind },
    resource,
    subResource: subject.subresource ?? '',
    requestKind: { group, version, kind },
    requestResource: resource,
    requestSubResource: subject.subresource ?? '',
    name: subject.name,
    namespace: subject.namespace ?? '',
    operation: subject.operation,
    dryRun: false,
    object: fromJson(subject.object),
    oldObject: fromJson(subject.request?.oldObject ?? null),
  };
  const unknown = (what: string) => (): Evaluated => ({ status: 'unknown', message: what });
  const fields = new Map([
    ['userInfo', unknown('who asks for it (`request.userInfo`)')],
    ['uid', unknown('which request it is (`request.uid`)')],
    ['options', unknown('the options of the request (`request.options`)')],
  ]);
  if (user !== undefined) fields.set('userInfo', () => ({ status: 'value', value: fromJson(user) }));
  return lazyObject(fields, known);
}

/**
 * `deployments` of a Deployment: as its definition says, else by the rule that Kubernetes' own names follow.
 */
export function resourceNameOf(
  { group, kind }: Pick<Subject, 'group' | 'kind'>,
  environment: Environment,
): string {
  let names = resourceNames.get(environment);
  if (names === undefined) {
    names = new Map();
    for (const definition of environment.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
      const spec: JsonObject = objectAt(definition, 'spec');
      const plural = textAt(spec, 'names', 'plural');
      if (plural !== undefined)
        names.set(`${textAt(spec, 'group')}/${textAt(spec, 'names', 'kind')}`, plural);
    }
    resourceNames.set(environment, names);
  }
  const lower = kind.toLowerCase();
  return names.get(`${group}/${kind}`) ?? (lower === 'endpoints' ? lower : pluralOf(lower));
}

const resourceNames = new WeakMap<Environment, Map<string, string>>();

/** The condition of each is true; `false` from the first that is not. */
export function conditionsHold(conditions: readonly unknown[], variables: Variables): Evaluated {
  let fault: Evaluated | undefined;
  for (const condition of conditions) {
    const result = policyExpression(textAt(condition, 'expression') ?? '').evaluate(variables);
    if (result.status === 'value' && result.value === false) return result;
    if (result.status === 'value' && result.value !== true)
      fault ??= {
        status: 'error',
        message: `condition '${textAt(condition, 'name') ?? ''}' is neither true nor false`,
      };
    // An error beats what is not known: it would be one whatever the other is.
    else if (result.status === 'error' && fault?.status !== 'error')
      fault = {
        status: 'error',
        message: `condition '${textAt(condition, 'name') ?? ''}': ${result.message}`,
      };
    else if (result.status === 'unknown') fault ??= result;
  }
  return fault ?? { status: 'value', value: true };
}

/**
 * The objects that a `paramRef` names among those that are declared; `Unknown` where only a cluster has them.
 */
export function paramsOf(
  kind: JsonObject,
  reference: JsonObject,
  subject: Subject,
  environment: Environment,
  selects: (selector: JsonObject, labels: JsonObject) => boolean,
): JsonObject[] | Unknown {
  const version = textAt(kind, 'apiVersion') ?? '';
  const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : '';
  const name = textAt(reference, 'name');
  const namespace = textAt(reference, 'namespace') ?? subject.namespace;
  const found = environment.ofKind(group, textAt(kind, 'kind') ?? '').filter((one) => {
    const own = textAt(one, 'metadata', 'namespace');
    if (own !== undefined && own !== namespace) return false;
    return name === undefined
      ? selects(objectAt(reference, 'selector'), objectAt(one, 'metadata', 'labels'))
      : textAt(one, 'metadata', 'name') === name;
  });
  const what = `${textAt(kind, 'kind') ?? ''}${name === undefined ? '' : `/${name}`}`;
  return found.length > 0 ? found : new Unknown(`the parameters \`${what}\`, which no manifest declares`);
}

export function listOf(value: unknown, ...path: string[]): JsonObject[] {
  return listAt(value, ...path).filter(
    (one): one is JsonObject => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
}
