/** Triggers that the Sensor's controller refuses. Source: argo-events pkg/reconciler/sensor/validate.go. */
import {
  at,
  byName,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  objectAt,
  textAt,
} from '../../../base/index.ts';
import { isTimeZone, parseSchedule } from '../../argocd/sync/cron.ts';
import { first } from './filters.ts';
import { isMissing, isNil, missing, type Refusal } from './refusal.ts';

export function refusedTrigger(trigger: JsonValue, path: JsonPath): Refusal | null {
  return (
    refusedTemplate(trigger, [...path, 'template']) ??
    refusedPolicy(trigger, [...path, 'policy']) ??
    first(listAt(trigger, 'parameters'), [...path, 'parameters'], refusedParameter) ??
    refusedDeadLetter(trigger, path)
  );
}

/** What runs after all tries have failed: both must be tried at least once. */
function refusedDeadLetter(trigger: JsonValue, path: JsonPath): Refusal | null {
  const dead = at(trigger, 'dlqTrigger');
  if (!isObject(dead)) return null;
  const place = [...path, 'dlqTrigger'];
  if (at(trigger, 'atLeastOnce') !== true)
    return {
      rule: 'dlq-at-least-once',
      path: place,
      message: 'to use dlqTrigger, trigger.atLeastOnce must be set to true',
    };
  if (dead.atLeastOnce !== true)
    return {
      rule: 'dlq-at-least-once',
      path: place,
      message: 'atLeastOnce must be set to true within the dlqTrigger',
    };
  return refusedTrigger(dead, place);
}

function refusedTemplate(trigger: JsonValue, path: JsonPath): Refusal | null {
  const template = at(trigger, 'template');
  if (!isObject(template))
    return { rule: 'template-missing', path: path.slice(0, -1), message: "trigger template can't be nil" };
  if (isMissing(template, 'name'))
    return { rule: 'trigger-without-name', path, message: 'trigger must define a name' };
  return (
    first(listAt(template, 'conditionsReset'), [...path, 'conditionsReset'], refusedReset) ??
    Object.entries(bodies).reduce<Refusal | null>((refused, [type, refusedBody]) => {
      const body = template[type];
      return refused ?? (isObject(body) ? (refusedBody?.(body, [...path, type]) ?? null) : null);
    }, null)
  );
}

function refusedReset(reset: JsonValue, path: JsonPath): Refusal | null {
  const cron = textAt(reset, 'byTime', 'cron') ?? '';
  const zone = textAt(reset, 'byTime', 'timezone') ?? '';
  if (!isObject(at(reset, 'byTime')))
    return { rule: 'conditions-reset', path, message: 'invalid conditionsReset' };
  if (parseSchedule(cron) === null)
    return { rule: 'conditions-reset-cron', path, message: `invalid cron expression "${cron}"` };
  return isTimeZone(zone)
    ? null
    : { rule: 'conditions-reset-timezone', path, message: `invalid timezone "${zone}"` };
}

/** Of the kinds of trigger that are looked at; `log`, `pulsar` and those of Azure are not. */
const bodies: Record<string, Check | undefined> = byName<Check>({
  k8s: (body, path) =>
    source(body, path) ??
    operation(body, path, ['', 'create', 'patch', 'update', 'delete']) ??
    parameters(body, path),
  argoWorkflow: (body, path) =>
    source(body, path) ?? operation(body, path, workflowOperations) ?? parameters(body, path),
  http: (body, path) =>
    keys(body, path, ['url']) ??
    httpMethod(body, path) ??
    parameters(body, path) ??
    first(listAt(body, 'payload'), [...path, 'payload'], refusedHttpPayload),
  awsLambda: (body, path) =>
    keys(body, path, ['functionName', 'region']) ?? payload(body, path) ?? parameters(body, path),
  kafka: (body, path) => keys(body, path, ['url']) ?? payload(body, path) ?? keys(body, path, ['topic']),
  nats: (body, path) => keys(body, path, ['url', 'subject']) ?? payload(body, path),
  slack: (body, path) => keys(body, path, ['slackToken']) ?? parameters(body, path),
  openWhisk: (body, path) =>
    keys(body, path, ['actionName', 'host']) ??
    authToken(body, path) ??
    parameters(body, path) ??
    payload(body, path),
  custom: (body, path) =>
    keys(body, path, ['serverURL', 'spec']) ??
    (body.secure === true && isNil(body, 'certSecret') ? missing('certSecret', path) : null) ??
    parameters(body, path),
  email: (body, path) => keys(body, path, ['host']) ?? port(body, path) ?? parameters(body, path),
});

const workflowOperations = [
  'submit',
  'submit-from',
  'suspend',
  'retry',
  'resume',
  'resubmit',
  'terminate',
  'stop',
];

function keys(body: JsonObject, path: JsonPath, names: readonly string[]): Refusal | null {
  const name = names.find((one) => isMissing(body, one));
  return name === undefined ? null : missing(name, path);
}

function source(body: JsonObject, path: JsonPath): Refusal | null {
  return isNil(body, 'source') ? missing('source', path) : null;
}

function operation(body: JsonObject, path: JsonPath, known: readonly string[]): Refusal | null {
  const written = textAt(body, 'operation') ?? '';
  return known.includes(written)
    ? null
    : {
        rule: 'operation',
        path: isMissing(body, 'operation') ? path : [...path, 'operation'],
        message: `unknown operation type ${written || '""'}`,
      };
}

function httpMethod(body: JsonObject, path: JsonPath): Refusal | null {
  return ['', 'GET', 'DELETE', 'PATCH', 'POST', 'PUT'].includes(textAt(body, 'method') ?? '')
    ? null
    : {
        rule: 'http-method',
        path: [...path, 'method'],
        message: 'only GET, DELETE, PATCH, POST and PUT methods are supported',
      };
}

function port(body: JsonObject, path: JsonPath): Refusal | null {
  return typeof body.port === 'number' && (body.port < 0 || body.port > 65_535)
    ? { rule: 'port', path: [...path, 'port'], message: `port: ${body.port}, port should be between 0-65535` }
    : null;
}

function authToken(body: JsonObject, path: JsonPath): Refusal | null {
  return isNil(body, 'authToken') ||
    (!isMissing(body, 'authToken', 'name') && !isMissing(body, 'authToken', 'key'))
    ? null
    : {
        rule: 'authToken',
        path: [...path, 'authToken'],
        message: 'auth token key and name must be specified',
      };
}

function payload(body: JsonObject, path: JsonPath): Refusal | null {
  return isNil(body, 'payload')
    ? missing('payload', path)
    : first(listAt(body, 'payload'), [...path, 'payload'], refusedParameter);
}

function parameters(body: JsonObject, path: JsonPath): Refusal | null {
  return first(listAt(body, 'parameters'), [...path, 'parameters'], refusedParameter);
}

function refusedParameter(parameter: JsonValue, path: JsonPath): Refusal | null {
  return (
    refusedSource(parameter, path) ??
    (isMissing(parameter, 'dest') ? destMissing(path) : null) ??
    parameterOperation(parameter, path)
  );
}

/** Without `dest` the whole event is the body. */
function refusedHttpPayload(parameter: JsonValue, path: JsonPath): Refusal | null {
  return refusedSource(parameter, path) ?? parameterOperation(parameter, path);
}

function destMissing(path: JsonPath): Refusal {
  return { rule: 'parameter-destination', path, message: "parameter destination can't be empty" };
}

function refusedSource(parameter: JsonValue, path: JsonPath): Refusal | null {
  if (isNil(parameter, 'src'))
    return { rule: 'parameter-source', path, message: "parameter source can't be empty" };
  return isMissing(parameter, 'src', 'dependencyName')
    ? { rule: 'parameter-dependency', path, message: "parameter dependency name can't be empty" }
    : null;
}

function parameterOperation(parameter: JsonValue, path: JsonPath): Refusal | null {
  const written = textAt(parameter, 'operation') ?? '';
  return ['', 'append', 'overwrite', 'prepend'].includes(written)
    ? null
    : {
        rule: 'parameter-operation',
        path: [...path, 'operation'],
        message: `parameter operation ${written} is invalid`,
      };
}

/** `policy` waits for labels of an object, or for the status of an answer. */
function refusedPolicy(trigger: JsonValue, path: JsonPath): Refusal | null {
  const [template, policy] = [objectAt(trigger, 'template'), objectAt(trigger, 'policy')];
  if (isObject(template.k8s) || isObject(template.argoWorkflow))
    return isObject(policy.k8s) && isNil(policy, 'k8s', 'labels')
      ? { rule: 'policy-labels', path, message: 'resource labels are not specified' }
      : null;
  if (!isObject(template.http) && !isObject(template.awsLambda)) return null;
  return isObject(policy.status) && isNil(policy, 'status', 'allow')
    ? { rule: 'policy-allow', path, message: 'list of allowed response status is not specified' }
    : null;
}

type Check = (body: JsonObject, path: JsonPath) => Refusal | null;
