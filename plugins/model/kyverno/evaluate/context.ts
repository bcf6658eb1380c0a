/** What variables a rule has, and where their values come from. Source: kyverno `pkg/engine/context`. */
import { isObject, type JsonObject, type JsonValue, objectAt, textAt } from '../../../base/index.ts';
import { imagesOf } from './images.ts';
import { evaluateJmesPath, MissingKey } from './jmespath/interpret.ts';
import { type Environment, EvaluationError, NotKnown, type Subject, type Variables } from './types.ts';
import { substitute } from './variables.ts';

/** Those of the request, and of the images of a workload. */
export function requestVariables(subject: Subject, stated: JsonObject): Variables {
  const isDeletion = subject.operation === 'DELETE';
  const base: JsonObject = {
    request: {
      kind: { group: subject.group, version: subject.version, kind: subject.kind },
      name: subject.name,
      namespace: subject.namespace ?? '',
      operation: subject.operation,
      ...(isDeletion ? { object: null, oldObject: subject.object } : { object: subject.object }),
      ...subject.request,
    },
  };
  const images = imagesOf(subject.kind, subject.object);
  if (images) base.images = images;
  const root = withStated(base, stated);
  return createVariables(objectAt(root, 'request'), subject.isBackground === true, (name) => root[name]);
}

/** The same with the entries of a `context`, each loaded when it is asked for. */
export function withContext(
  variables: Variables,
  entries: readonly JsonValue[],
  environment: Environment,
  stated: JsonObject,
): Variables {
  let all = variables;
  for (const entry of entries) {
    const name = textAt(entry, 'name') ?? '';
    const isStated = Object.keys(stated).some((key) => key === name || key.startsWith(`${name}.`));
    if (!isObject(entry) || (isStated && entry.variable === undefined)) continue;
    all = all.with(name, (around) => load(entry, name, around, environment));
  }
  return all;
}

/** The value of an entry, of which a missing key is an error that nothing around absorbs. */
function load(entry: JsonObject, name: string, variables: Variables, environment: Environment): JsonValue {
  try {
    const value = loaded(entry, name, variables, environment);
    if (value !== null) return value;
  } catch (error) {
    if (error instanceof MissingKey)
      throw new EvaluationError(`failed to load the context entry ${name}: ${error.message}`);
    throw error;
  }
  throw new EvaluationError(`the context entry ${name} evaluates to nothing`);
}

function loaded(entry: JsonObject, name: string, variables: Variables, environment: Environment): JsonValue {
  if (isObject(entry.variable)) return variableOf(entry.variable, variables);
  if (isObject(entry.configMap)) {
    const reference = objectAt(substitute(entry.configMap, variables));
    const namespace = textAt(reference, 'namespace') ?? 'default';
    const found = environment.find('', 'ConfigMap', namespace, textAt(reference, 'name') ?? '');
    if (found) return found;
    throw new NotKnown(
      `no manifest declares the ConfigMap ${namespace}/${textAt(reference, 'name') ?? ''} of ${name}`,
    );
  }
  const asked = ['apiCall', 'imageRegistry', 'globalReference'].find((key) => entry[key] !== undefined);
  throw new NotKnown(
    `${name} is asked of ${asked === 'imageRegistry' ? 'an image registry' : 'the cluster'}`,
  );
}

function variableOf(written: JsonObject, variables: Variables): JsonValue {
  const otherwise = written.default === undefined ? null : substitute(written.default, variables);
  const path = typeof written.jmesPath === 'string' ? String(substitute(written.jmesPath, variables)) : '';
  const given = written.value === undefined ? undefined : substitute(written.value, variables);
  if (path === '') return given ?? otherwise;
  try {
    const value = given === undefined ? variables.query(path) : evaluateJmesPath(path, { root: given });
    return value ?? otherwise;
  } catch (error) {
    if (error instanceof EvaluationError && otherwise !== null) return otherwise;
    throw error;
  }
}

function createVariables(
  request: JsonObject,
  isBackground: boolean,
  lookup: (name: string) => JsonValue | undefined,
): Variables {
  const root: JsonObject = {};
  const variables: Variables = {
    query: (expression) =>
      evaluateJmesPath(expression, {
        root,
        missing(base, key) {
          if (base !== root) {
            if (base === request && ofRequests.has(key) && !isBackground)
              throw new NotKnown(`request.${key} is what a request says`);
            return undefined;
          }
          const found = lookup(key);
          if (found === undefined && ofRoots.has(key) && !isBackground)
            throw new NotKnown(`${key} is what a request says`);
          return found;
        },
      }),
    with(name, load) {
      let value: JsonValue | undefined;
      return createVariables(request, isBackground, (asked) => {
        if (asked !== name) return lookup(asked);
        value ??= load(variables);
        return value;
      });
    },
  };
  return variables;
}

/** What only who asks, and when, could tell. */
const ofRequests = new Set(['userInfo', 'roles', 'clusterRoles', 'uid', 'options', 'dryRun']);
const ofRoots = new Set(['serviceAccountName', 'serviceAccountNamespace', 'target', 'globalContext']);

/** Values by dotted names laid over others: `request.operation`, `dictionary.data.key`. */
function withStated(base: JsonObject, stated: JsonObject): JsonObject {
  let result = base;
  for (const [name, value] of Object.entries(stated)) result = put(result, name.split('.'), value);
  return result;
}

function put(base: JsonObject, [key = '', ...rest]: string[], value: JsonValue): JsonObject {
  return { ...base, [key]: rest.length === 0 ? value : put(objectAt(base, key), rest, value) };
}
