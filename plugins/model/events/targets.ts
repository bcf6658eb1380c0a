/**
 * What a trigger acts on, from its manifest alone. Source: argo-events pkg/sensors/trigger.go (GetTrigger),
 * pkg/sensors/artifacts/store.go, pkg/sensors/triggers/{argo-workflow,standard-k8s,http}.
 */
import { at, isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../base/index.ts';
import { readYaml } from '../../base/yaml-value.ts';
import { identityOf } from '../identity.ts';

/** @param sensor its namespace is that of objects which name none */
export function targetOf(sensor: { namespace: string | null }, trigger: JsonValue): TriggerTarget {
  const template = objectAt(trigger, 'template');
  const type = triggerTypes.find((one) => isObject(template[one])) ?? null;
  if (type === null) return { type, body: {}, dead: 'no-implementation' };
  const body = objectAt(template, type);
  if (type === 'http')
    return { type, body, operation: textAt(body, 'method') || 'POST', url: textAt(body, 'url') ?? '' };
  if (type !== 'k8s' && type !== 'argoWorkflow') return { type, body };
  const operation = textAt(body, 'operation') || (type === 'k8s' ? 'create' : 'submit');
  const value = sourceObject(objectAt(body, 'source'));
  if (value === null) return { type, body, operation, object: null };
  const object = objectOf(value, sensor.namespace);
  const dynamic = isDynamic(trigger, body);
  const dead = type === 'k8s' ? deadObject(body, operation, value) : deadWorkflow(operation, object);
  const template_ = dead === null && !dynamic ? runTemplate(operation, object, value) : null;
  return {
    type,
    body,
    operation,
    object,
    value,
    ...(template_ === null ? {} : { template: template_ }),
    ...(dynamic ? { dynamic } : {}),
    ...(dead === null ? {} : { dead }),
  };
}

/** The first of these that is written counts. */
const triggerTypes = [
  'k8s',
  'argoWorkflow',
  'http',
  'awsLambda',
  'azureEventHubs',
  'azureServiceBus',
  'kafka',
  'pulsar',
  'nats',
  'slack',
  'openWhisk',
  'custom',
  'log',
  'email',
] as const;

/** Null where the object is fetched from elsewhere: the first place that is written counts. */
function sourceObject(source: JsonObject): JsonObject | null {
  const place = ['s3', 'inline', 'file', 'url', 'git', 'configmap', 'resource'].find(
    (key) => source[key] !== undefined && source[key] !== null,
  );
  if (place === 'resource') return isObject(source.resource) ? source.resource : null;
  if (place !== 'inline') return null;
  const value = readYaml(textAt(source, 'inline') ?? '');
  return isObject(value) ? value : null;
}

function objectOf(value: JsonObject, namespace: string | null): TargetObject {
  const { group, kind, namespace: own } = identityOf(value);
  const named = textAt(value, 'metadata', 'name') ?? '';
  const generated = textAt(value, 'metadata', 'generateName') ?? '';
  return {
    group,
    kind,
    namespace: clusterScoped.has(kind) ? null : (own ?? namespace),
    ...(named !== '' ? { name: named } : generated !== '' ? { generateName: generated } : {}),
  };
}

/** Those that the trigger itself takes for cluster-scoped. */
const clusterScoped = new Set(['Namespace', 'Node', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding']);

function deadObject(body: JsonObject, operation: string, value: JsonObject): DeadTarget | null {
  const named = ['name', 'namespace'].every((key) => (textAt(value, 'metadata', key) ?? '') !== '');
  return operation === 'update' && body.liveObject === true && !named ? 'live-object-identity' : null;
}

function deadWorkflow(operation: string, object: TargetObject): DeadTarget | null {
  if (object.name === undefined && (operation !== 'submit' || object.generateName === undefined))
    return 'no-name';
  const isTemplate = /^(workflowtemplate|cronworkflow)$/i.test(object.kind);
  return operation === 'submit-from' && !isTemplate ? 'kind' : null;
}

/**
 * The template that a Workflow runs which is submitted or created, or the object that one is submitted from.
 */
function runTemplate(operation: string, object: TargetObject, value: JsonObject): TargetTemplate | null {
  const { kind, namespace, name } = object;
  if (operation === 'submit-from') return name === undefined ? null : { kind, namespace, name };
  const reference = objectAt(value, 'spec', 'workflowTemplateRef');
  if (kind !== 'Workflow' || !['submit', 'create'].includes(operation) || typeof reference.name !== 'string')
    return null;
  return reference.clusterScope === true
    ? { kind: 'ClusterWorkflowTemplate', namespace: null, name: reference.name }
    : { kind: 'WorkflowTemplate', namespace, name: reference.name };
}

/**
 * True where a parameter writes what the object is, so that what stands in the manifest only holds its place.
 */
function isDynamic(trigger: JsonValue, body: JsonObject): boolean {
  const writes = (parameter: JsonValue, pattern: RegExp) => pattern.test(textAt(parameter, 'dest') ?? '');
  return (
    listAt(body, 'parameters').some((one) =>
      writes(one, /^(metadata\.(name|namespace|generateName)|kind|spec\.workflowTemplateRef(\..*)?)$/),
    ) ||
    listAt(at(trigger, 'parameters') === undefined ? {} : trigger, 'parameters').some((one) =>
      writes(one, /^(k8s|argoWorkflow)(\.|$)/),
    )
  );
}

/** Fails on every event. */
type DeadTarget = 'no-implementation' | 'no-name' | 'kind' | 'live-object-identity';

export interface TriggerTarget {
  /** Null where none is written. */
  type: (typeof triggerTypes)[number] | null;
  /** What is written below the type. */
  body: JsonObject;
  operation?: string;
  /** Null where it is not in the manifest. */
  object?: TargetObject | null;
  value?: JsonObject;
  url?: string;
  /** The WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow that runs. */
  template?: TargetTemplate;
  /** A parameter rewrites its identity. */
  dynamic?: boolean;
  dead?: DeadTarget;
}

interface TargetObject {
  group: string;
  kind: string;
  namespace: string | null;
  name?: string;
  generateName?: string;
}

interface TargetTemplate {
  kind: string;
  namespace: string | null;
  name: string;
}
