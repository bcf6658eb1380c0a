import { actionWords, type EventRoute } from '../../model/index.ts';
import { list, reference, text, yes } from '../cells.ts';
import { byId, nameOf } from '../row-lookup.ts';
import type { Cell, TableView, ViewRow } from '../types.ts';
import { saidCell } from '../words.ts';

/** The ways through Argo Events, from source to trigger. */
export const events: TableView = {
  name: 'events',
  title: 'Event routes',
  summary: 'Every way through Argo Events: source, event, sensor, trigger, and whether all of it exists.',
  subject: 'event',
  columns: [
    { name: 'source', label: 'Source', cel: 'sourceName', says: 'name of the EventSource' },
    { name: 'event', label: 'Event' },
    { name: 'type', label: 'Type' },
    { name: 'sensor', label: 'Sensor', says: 'name of the Sensor' },
    { name: 'trigger', label: 'Trigger', cel: 'trigger.name', says: 'its name' },
    { name: 'action', label: 'Action', says: 'what the trigger does, in words' },
    { name: 'live', label: 'Live' },
    { name: 'dependency', label: 'Dependency', hidden: true },
    { name: 'triggerType', label: 'Trigger type', hidden: true, says: '`argoWorkflow`, `http`, `k8s`, …' },
    { name: 'targets', label: 'Targets', hidden: true, says: 'what it reaches' },
    { name: 'conditions', label: 'Conditions', hidden: true, says: 'under which it fires' },
    {
      name: 'sentence',
      label: 'What happens',
      hidden: true,
      says: 'the whole route as a sentence: event, filters, what follows, how often, and why not',
    },
    { name: 'bus', label: 'Bus', hidden: true, says: 'name of the EventBus between' },
    { name: 'dead', label: 'Dead because', hidden: true, says: 'why it never fires' },
  ],
  rows(platform, query) {
    return query.subjects('event').flatMap((subject): ViewRow[] => {
      const { record } = subject;
      const { trigger } = record;
      const cells = {
        source:
          record.source === null ? missing(record.sourceName) : reference(record.sourceName, record.source),
        event: text(record.event),
        type: text(record.type),
        sensor:
          record.sensor === null
            ? { ...saidCell('cell.none'), tone: 'bad' as const }
            : reference(nameOf(platform, record.sensor), record.sensor),
        trigger:
          trigger === null
            ? { ...saidCell('cell.none'), tone: 'bad' as const }
            : { ...text(trigger.name), place: trigger.origin },
        action: trigger === null ? text(null) : actionCell(trigger),
        live: yes(record.live, { yes: 'good', no: 'bad' }),
        dependency: text(record.dependency),
        triggerType: text(trigger?.type),
        targets: list((trigger?.targets ?? []).map((id) => byId(platform, id))),
        conditions: text(trigger?.conditions),
        sentence: { text: record.sentence, said: record.said },
        bus: record.bus === null ? text(null) : reference(nameOf(platform, record.bus), record.bus),
        dead: text(record.dead),
      };
      return [{ id: idOf(record), subject, cells, origin: trigger?.origin ?? record.origin }];
    });
  },
};

function actionCell(trigger: NonNullable<EventRoute['trigger']>): Cell {
  const [only] = trigger.targets;
  const said = ownWords(trigger);
  return {
    ...(only !== undefined && trigger.targets.length === 1
      ? reference(trigger.action, only)
      : text(trigger.action)),
    ...said,
  };
}

/** What of an action is no name of Argo Events' or of a manifest. */
function ownWords({ action }: NonNullable<EventRoute['trigger']>): Cell | undefined {
  const words = actionWords(action);
  if (words === null) return undefined;
  switch (words.is) {
    case 'log':
      return saidCell('cell.logs');
    case 'mail':
      return saidCell('cell.mails', { who: words.name });
    case 'message':
      return saidCell('cell.messages', { channel: words.name });
    case 'elsewhere':
      return saidCell('cell.fromElsewhere', { operation: words.name });
  }
}

function missing(name: string): Cell {
  return { text: name, tone: 'bad' };
}

function idOf(route: EventRoute): string {
  const sensor = route.sensor ?? 'nobody';
  return [
    route.source ?? `missing/${route.sourceName}`,
    route.event,
    sensor,
    route.dependency ?? '',
    route.trigger?.name ?? '',
  ].join('>');
}
