/**
 * A route as a sentence: its event, what must hold of it, what else must have come, what follows, how often.
 */
import {
  asText,
  at,
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  type Said,
  textAt,
} from '../../base/index.ts';
import { faultWords, type RouteFault } from './fault-words.ts';
import { filterWords } from './filter-words.ts';
import type { TriggerFiring } from './firing.ts';
import { joined, said } from './phrases.ts';

export function routeWords(route: SpokenRoute): Said {
  const { trigger, others, fault } = route;
  const what = withOthers(withFilters(eventWords(route), route.dependency), others);
  const sentence =
    trigger === null
      ? said(route.dependency === null ? 'route.unheard' : 'route.unused', { what })
      : said('route.when', { what, action: actionWords(trigger), limit: limitWords(trigger.trigger) });
  if (fault === null) return sentence;
  return said(fault.isOpen ? 'route.open' : 'route.never', { route: sentence, why: faultWords(fault) });
}

function eventWords({ source, event }: SpokenRoute): Said {
  const body = objectAt(source.rendered ?? {}, 'spec', event.type ?? '', event.name);
  const values = { source: source.name, event: event.name };
  switch (event.type) {
    case 'webhook': {
      const method = textAt(body, 'method') || 'POST';
      return method === 'POST' ? said('event.posts', values) : said('event.calls', { ...values, method });
    }
    case 'calendar': {
      const schedule = textAt(body, 'schedule') ?? '';
      return schedule === ''
        ? said('event.interval', { ...values, interval: textAt(body, 'interval') ?? '' })
        : said('event.schedule', { ...values, schedule });
    }
    case 'resource':
      return resourceWords(body, values);
    case null:
      return said('event.gives', values);
    default: {
      const topic = ['topic', 'queue', 'subject', 'queueName', 'hubName', 'topicArn']
        .map((key) => textAt(body, key) ?? '')
        .find((one) => one !== '');
      return topic === undefined ? said('event.sends', values) : said('event.topic', { ...values, topic });
    }
  }
}

function resourceWords(body: JsonObject, values: { source: string; event: string }): Said {
  const namespace = textAt(body, 'namespace') ?? '';
  const changes = listAt(body, 'eventTypes').map(String);
  const [first] = changes;
  return said('event.resource', {
    ...values,
    resources: textAt(body, 'resource') ?? '',
    where: namespace === '' ? '' : said('event.where', { namespace }),
    change: changes.length === 1 ? changeWords(first ?? '') : joined(changes.map(changeWords), 'route.or'),
  });
}

function changeWords(change: string): Said {
  switch (change) {
    case 'ADD':
      return said('event.ADD');
    case 'UPDATE':
      return said('event.UPDATE');
    case 'DELETE':
      return said('event.DELETE');
    default:
      return said('event.changes');
  }
}

function withFilters(what: Said, dependency: JsonValue | null): Said {
  const filters = dependency === null ? null : filterWords(dependency);
  return filters === null ? what : said('route.and', { left: what, right: filters });
}

function withOthers(what: Said, others: readonly string[][]): Said {
  if (others.length === 0) return what;
  const sets = others.map((set) => joined(set, 'route.and'));
  return said('route.with', { what, others: joined(sets, 'route.or') });
}

/** The template that runs by its name alone, as a reader knows it; else what is done to what. */
function actionWords({ target }: TriggerFiring): Said | string {
  const { type, body, operation, object, url, template } = target;
  switch (type) {
    case null:
      return '?';
    case 'k8s':
    case 'argoWorkflow':
      if (!object) return said('cell.fromElsewhere', { operation: operation ?? '' });
      if (template !== undefined) return template.name;
      return `${operation} ${object.kind}/${object.name ?? `${object.generateName ?? ''}…`}`;
    case 'http':
      return `${operation} ${url}`;
    case 'slack':
      return said('cell.messages', { channel: textAt(body, 'channel') ?? '?' });
    case 'log':
      return said('cell.logs');
    case 'email':
      return said('cell.mails', { who: listAt(body, 'to').map(asText).join(', ') });
    default:
      return [
        type,
        ...['topic', 'subject', 'functionName', 'url', 'hubName', 'queueName', 'serverURL', 'actionName']
          .flatMap((key) => textAt(body, key) ?? [])
          .slice(0, 1),
      ].join(' ');
  }
}

function limitWords(trigger: JsonValue): Said | string {
  const limit = at(trigger, 'rateLimit');
  const count = at(limit, 'requestsPerUnit');
  if (!isObject(limit) || typeof count !== 'number') return '';
  switch (textAt(limit, 'unit')) {
    case 'Minute':
      return said('limit.Minute', { count });
    case 'Hour':
      return said('limit.Hour', { count });
    default:
      return said('limit.Second', { count });
  }
}

export interface SpokenRoute {
  source: { name: string; rendered?: JsonObject };
  /** `type` is null where no source gives it. */
  event: { type: string | null; name: string };
  /** As it is written; null where nothing listens. */
  dependency: JsonValue | null;
  trigger: TriggerFiring | null;
  /** Sets of other dependencies of which one must have arrived. */
  others: readonly string[][];
  fault: RouteFault | null;
}
