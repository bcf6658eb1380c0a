import type { EventRoute } from '../../model/index.ts';
import { field, type SubjectType } from './subject-type.ts';

/** Ways from an event to a trigger. */
export const event: SubjectType<EventRoute> = {
  one: 'event route',
  many: 'event routes',
  title: 'Events',
  intro: 'A row for each way from an event to a trigger.',
  list: { name: 'events', says: 'every way from an event to a trigger', example: 'events.all(e, e.live)' },
  recordsOf: ({ events }) => events,
  resourceOf: ({ source, sensor }, { resource }) => resource(source ?? sensor ?? ''),
  nameOf: ({ sourceName, event }) => `event ${sourceName}.${event}`,
  originOf: ({ origin }) => origin,
  placeOf: ({ trigger, origin }, fields) =>
    trigger !== null && fields.some(([name]) => name === 'trigger') ? trigger.origin : origin,
  shownAs: {
    action: 'trigger.action',
    triggerType: 'trigger.type',
    targets: 'trigger.targets',
    conditions: 'trigger.conditions',
  },
  fields: [
    field('sourceName', 'text', 'name of the EventSource', "sourceName == 'alertmanager'"),
    field('type', 'text or null', '`webhook`, `github`, `resource`, …', "type == 'webhook'"),
    field('event', 'text', 'of the source', "event != ''"),
    field('sensor', 'text or null', 'id of the Sensor', 'sensor != null'),
    field('dependency', 'text or null', 'what the sensor calls the event', 'dependency != null'),
    field(
      'trigger',
      'map or null',
      '`name`, `type`, `targets`, `action`, `firesOn`, `dynamic`',
      "trigger != null && trigger.name != ''",
    ),
    field('live', 'true or false', 'it can fire: all of it exists, and nothing keeps it from that', 'live'),
    field('dead', 'text or null', 'why it never fires: `no-event`, `sensor-invalid`, …', 'dead == null'),
    field('open', 'text or null', 'why that is not known: `bus-missing`', 'open == null'),
    field(
      'said',
      'map',
      'the sentence without its language: its key among the words, and its values',
      "said.key == 'route.when'",
    ),
    field('bus', 'text or null', 'id of the EventBus between', 'bus != null'),
    field('sentence', 'text', 'the route as a sentence', "sentence.contains('at most once an hour')"),
  ],
};
