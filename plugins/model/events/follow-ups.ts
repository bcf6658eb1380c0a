/** What comes after a route: the routes of events that what it sets off gives in its turn. */
import { isObject, listAt, objectAt, textAt } from '../../base/index.ts';
import type { Model, Resource } from '../types.ts';
import type { EventRoute } from './types.ts';

/**
 * Of a route that submits a workflow those that wait for it: an event of workflows in the namespace that it
 * runs in, whose labels are those that the trigger gives it. Labels that the workflow controller sets itself
 * (`workflows.argoproj.io/phase`, …) it comes to have.
 * @param resource gives one by its id.
 */
export function createFollowUps(
  { events }: Pick<Model, 'events'>,
  resource: (id: string) => Resource | undefined,
): (route: EventRoute) => EventRoute[] {
  const waiting = events.flatMap((route) => {
    const source =
      route.type === 'resource' && route.trigger !== null ? resource(route.source ?? '') : undefined;
    if (source === undefined) return [];
    const event = objectAt(source.rendered, 'spec', 'resource', route.event);
    const isOfWorkflows =
      textAt(event, 'group') === 'argoproj.io' && textAt(event, 'resource') === 'workflows';
    return isOfWorkflows ? [{ route, event }] : [];
  });
  return (route) => {
    const made = workflowOf(route, resource);
    if (made === null) return [];
    return waiting.filter(({ event }) => isGiven(event, made)).map((one) => one.route);
  };
}

/** The workflow that a trigger submits, as far as it stands in the sensor. */
function workflowOf(
  { sensor, trigger }: EventRoute,
  resource: (id: string) => Resource | undefined,
): Made | null {
  if (trigger === null || trigger.type !== 'argoWorkflow') return null;
  const written = listAt(resource(sensor ?? '')?.rendered, 'spec', 'triggers')
    .map((one) => objectAt(one, 'template'))
    .find((template) => textAt(template, 'name') === trigger.name);
  const body = objectAt(written ?? {}, 'argoWorkflow');
  if ((textAt(body, 'operation') ?? 'submit') !== 'submit') return null;
  const workflow = objectAt(body, 'source', 'resource');
  const [target] = trigger.targets.flatMap((id) => resource(id) ?? []);
  return {
    namespace: textAt(workflow, 'metadata', 'namespace') ?? target?.namespace ?? null,
    labels: {
      ...labelsIn(objectAt(target?.rendered ?? {}, 'spec', 'workflowMetadata', 'labels')),
      ...labelsIn(objectAt(workflow, 'metadata', 'labels')),
    },
  };
}

function isGiven(event: unknown, { namespace, labels }: Made): boolean {
  const wanted = textAt(event, 'namespace') ?? '';
  if (wanted !== '' && wanted !== namespace) return false;
  const filters = listAt(event, 'filter', 'labels').filter(isObject);
  const own = filters.filter((one) => !String(one.key ?? '').startsWith(controllers));
  // One that takes every workflow says nothing of this one.
  return (
    own.length > 0 && own.every((one) => isEqual(one.operation) && labels[String(one.key)] === one.value)
  );
}

function isEqual(operation: unknown): boolean {
  return operation === undefined || operation === '' || operation === '=' || operation === '==';
}

function labelsIn(labels: object): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}

const controllers = 'workflows.argoproj.io/';

interface Made {
  namespace: string | null;
  labels: Record<string, string>;
}
