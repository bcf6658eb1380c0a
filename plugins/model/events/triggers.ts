/** A Sensor's triggers: what each does, and which resources of the repository it reaches. */
import { type JsonObject, listAt, textAt } from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import type { Resource } from '../types.ts';
import { workflowUse } from '../workflows/references.ts';
import type { TriggerFiring } from './firing.ts';
import type { TriggerTarget } from './targets.ts';
import type { EventTrigger } from './types.ts';

export function triggerOf(sensor: Resource, firing: TriggerFiring, context: BuildContext): EventTrigger {
  const { target, index, trigger } = firing;
  const type = target.type ?? 'unknown';
  return {
    name: firing.name,
    type,
    targets: [...new Set(reached(target, sensor, context).map(({ id }) => id))],
    action: actionOf(target),
    conditions: textAt(trigger, 'template', 'conditions') ?? null,
    firesOn: firing.firesOn,
    dynamic: target.dynamic === true,
    origin: context.locate(sensor, [
      'spec',
      'triggers',
      index,
      'template',
      ...(target.type === null ? [] : [target.type]),
    ]),
  };
}

function reached(target: TriggerTarget, sensor: Resource, context: BuildContext): Resource[] {
  if (target.type === 'http') return reachedByHttp(target.url ?? '', sensor, context);
  const { object, value, operation, template } = target;
  if (!object || value === undefined || target.dynamic === true) return [];
  const found = (kind: string, namespace: string | null, name: string) =>
    context.lookup.find('argoproj.io', kind, namespace, name);
  const templates = workflowUse(
    value,
    object.namespace,
    (kind, namespace, name) => found(kind, namespace, name)?.rendered,
  )
    .references.filter(({ ok }) => ok !== null)
    .flatMap(({ kind, namespace, name }) => found(kind, namespace, name) ?? []);
  const named = template === undefined ? undefined : found(template.kind, template.namespace, template.name);
  const namespace = context.isNamespaced(object.group, object.kind) ? object.namespace : null;
  const existing =
    operation === 'submit' || object.name === undefined
      ? undefined
      : context.lookup.find(object.group, object.kind, namespace, object.name);
  return [named, ...templates, existing].filter((one) => one !== undefined);
}

function reachedByHttp(url: string, sensor: Resource, context: BuildContext): Resource[] {
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
  return targets;
}

function actionOf({ type, body, operation, object, url, template }: TriggerTarget): string {
  switch (type) {
    case null:
      return 'unknown';
    case 'k8s':
    case 'argoWorkflow':
      if (!object) return `${operation} an object from elsewhere`;
      if (template !== undefined) return `${operation} ${template.kind}/${template.name}`;
      return `${operation} ${object.kind}/${object.name ?? object.generateName ?? ''}`;
    case 'http':
      return `${operation} ${url}`;
    case 'slack':
      return `message ${textAt(body, 'channel') ?? 'a channel'} on Slack`;
    case 'log':
      return 'log the event';
    case 'email':
      return `mail ${listAt(body, 'to').join(', ')}`.trim();
    default:
      return [type, goalOf(body)].filter((part) => part !== undefined).join(' ');
  }
}

function goalOf(body: JsonObject): string | undefined {
  return ['topic', 'subject', 'functionName', 'url', 'hubName', 'queueName', 'serverURL', 'actionName']
    .map((key) => textAt(body, key))
    .find((text) => text !== undefined);
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

interface ActionWords {
  is: 'log' | 'message' | 'mail' | 'elsewhere';
  /** Of the channel, the people, the operation. */
  name: string;
}
