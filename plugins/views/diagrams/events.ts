import type { Said } from '../../base/index.ts';
import { startDrawing } from '../pen.ts';
import type { DiagramView } from '../types.ts';
import { said } from '../words.ts';

/** Sources, sensors and what they set off. */
export const events: DiagramView = {
  name: 'events',
  title: 'Event routes',
  summary: 'Event sources, the sensors that they feed, and what the sensors trigger.',
  direction: 'right',
  subject: 'event',
  reads: ['source', 'sensor', 'trigger'],
  draw(platform, { subjects }) {
    const pen = startDrawing(platform);
    const sentences: Said[] = [];
    for (const { kind, record } of subjects) {
      if (kind !== 'event') continue;
      sentences.push(record.said);
      const fold = { application: null, kind: 'event source' };
      const missing = { label: `${record.sourceName}\n(missing)`, class: 'more', fold };
      const source =
        record.source === null
          ? pen.shape(`missing/${record.sourceName}`, missing)
          : pen.resource(record.source, { class: 'source' });
      if (record.sensor === null) continue;
      const sensor = pen.resource(record.sensor, { class: 'sensor' });
      pen.edge(source, sensor, 'feeds', record.event);
      const { trigger } = record;
      if (trigger === null) continue;
      if (trigger.targets.length === 0) {
        const action = pen.shape(`${record.sensor}/${trigger.action}`, {
          label: trigger.action,
          class: 'action',
          fold: { application: null, kind: 'action' },
        });
        pen.edge(sensor, action, 'triggers', trigger.name);
      }
      for (const target of trigger.targets)
        pen.edge(sensor, pen.resource(target, { class: 'action' }), 'triggers', trigger.name);
    }
    const routes = said('number.eventRoute', { count: sentences.length });
    const [first, ...rest] = sentences;
    if (first === undefined || sentences.length > mostSaid)
      return pen.finish(said('drawing.events', { routes }));
    const told = rest.reduce((left, right) => said('route.then', { left, right }), first);
    return pen.finish(said('drawing.eventsSaid', { routes, sentences: told }));
  },
};

/** Whoever hears the drawing read out is told of each, as long as they are not too many. */
const mostSaid = 20;
