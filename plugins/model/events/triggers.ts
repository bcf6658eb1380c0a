/** A Sensor's triggers: what each does, and which resources of the repository it reaches. */
import { at, isObject, type JsonObject, listAt, objectAt, textAt } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import { identityOf } from '../identity.ts';
import { workflowReferences } from '../relations/workflows.ts';
import type { EventTrigger, Resource } from '../types.ts';

const ownKeys = new Set(['name', 'conditions', 'conditionsReset']);

export function triggerOf(sensor: Resource, index: number, context: BuildContext): EventTrigger {
  const template = objectAt(sensor.rendered, 'spec', 'triggers', index, 'template');
  const type = Object.keys(template).find((key) => !ownKeys.has(key) && isObject(template[key])) ?? 'unknown';
  const body = objectAt(template, type);
  const { targets, action } = describe(type, body, sensor, context);
  return {
    name: textAt(template, 'name') ?? '',
    type,
    targets: [...new Set(targets.map((target) => target.id))],
    action,
    conditions: textAt(template, 'conditions') ?? null,
    origin: context.locate(sensor, ['spec', 'triggers', index, 'template', type]),
  };
}

function describe(type: string, body: JsonObject, sensor: Resource, context: BuildContext): Described {
  if (type === 'argoWorkflow' || type === 'k8s') return describeObject(type, body, sensor, context);
  if (type === 'http') return describeHttp(body, sensor, context);
  if (type === 'slack')
    return { targets: [], action: `message ${textAt(body, 'channel') ?? 'a channel'} on Slack` };
  if (type === 'log') return { targets: [], action: 'log the event' };
  if (type === 'email') return { targets: [], action: `mail ${listAt(body, 'to').join(', ')}`.trim() };
  const goal = [
    'topic',
    'subject',
    'functionName',
    'url',
    'eventHubName',
    'queueName',
    'serverURL',
    'actionName',
  ]
    .map((key) => textAt(body, key))
    .find((text) => text !== undefined);
  return { targets: [], action: goal === undefined ? type : `${type} ${goal}` };
}

function describeObject(type: string, body: JsonObject, sensor: Resource, context: BuildContext): Described {
  const operation = textAt(body, 'operation') ?? (type === 'argoWorkflow' ? 'submit' : 'create');
  const value = at(body, 'source', 'resource');
  if (!isObject(value)) return { targets: [], action: `${operation} an object from elsewhere` };
  const own = identityOf(value);
  const namespace = own.namespace ?? sensor.namespace;
  const targets: Resource[] = [];
  for (const reference of workflowReferences(value)) {
    const found = context.lookup.find(
      'argoproj.io',
      reference.kind,
      reference.kind === 'WorkflowTemplate' ? namespace : null,
      reference.name,
    );
    if (found) targets.push(found);
  }
  const existing = context.lookup.find(
    own.group,
    own.kind,
    context.isNamespaced(own.group, own.kind) ? namespace : null,
    own.name,
  );
  if (existing && operation !== 'submit') targets.push(existing);
  const direct = objectAt(value, 'spec', 'workflowTemplateRef');
  if (typeof direct.name === 'string') {
    const kind = direct.clusterScope === true ? 'ClusterWorkflowTemplate' : 'WorkflowTemplate';
    return { targets, action: `${operation} ${kind}/${direct.name}` };
  }
  return { targets, action: `${operation} ${own.kind}/${own.name}` };
}

function describeHttp(body: JsonObject, sensor: Resource, context: BuildContext): Described {
  const url = textAt(body, 'url') ?? '';
  const targets: Resource[] = [];
  const match = /^https?:\/\/([^/:?#]+)(?::\d+)?([^?#]*)/.exec(url);
  const [service = '', namespace = sensor.namespace ?? '', kind] = (match?.[1] ?? '').split('.');
  if (kind === undefined || kind === 'svc') {
    const found = context.lookup.find('', 'Service', namespace, service);
    if (found) targets.push(found);
  }
  // Argo CD's own API: `/api/v1/applications/NAME/sync` acts on that Application.
  const application = /^\/api\/v1\/applications\/([^/]+)/.exec(match?.[2] ?? '')?.[1];
  if (application !== undefined && kind === 'svc') {
    const found = context.lookup
      .ofKind('argoproj.io', 'Application')
      .find(({ name }) => name === application);
    if (found) targets.push(found);
  }
  return { targets, action: `${textAt(body, 'method') ?? 'GET'} ${url}` };
}

/**
 * What of an action is words of ours, which a reader of another language gets in that; null for one that is
 * all names.
 */
export function actionWords(action: string): ActionWords | null {
  if (action === 'log the event') return { is: 'log', name: '' };
  for (const [is, pattern] of ownActions) {
    const name = pattern.exec(action)?.[1];
    if (name !== undefined) return { is, name };
  }
  return null;
}

const ownActions = [
  ['message', /^message (.*) on Slack$/],
  ['mail', /^mail (.*)$/],
  ['elsewhere', /^(\S+) an object from elsewhere$/],
] as const;

export interface ActionWords {
  is: 'log' | 'message' | 'mail' | 'elsewhere';
  /** Of the channel, the people, the operation. */
  name: string;
}

interface Described {
  targets: Resource[];
  action: string;
}
