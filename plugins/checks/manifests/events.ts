import { type Platform, referenceOf } from '../../model/index.ts';
import { type Diagnostic, nearest } from '../../source/index.ts';
import { diagnose, suggestion } from '../diagnose.ts';
import { sourceOf } from '../subjects.ts';

/** A sensor's dependency on an event that no source of the repository gives, once a dependency. */
export function eventRouteDead(platform: Platform): Diagnostic[] {
  const { events } = platform.model;
  const given = events.filter((route) => route.source !== null && route.type !== null);
  const seen = new Set<string>();
  return events.flatMap((route) => {
    if (route.sensor === null || (route.source !== null && route.type !== null)) return [];
    const key = `${route.sensor}|${route.dependency}|${route.sourceName}.${route.event}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const sensor = platform.resource(route.sensor);
    const name = `${route.sourceName}.${route.event}`;
    const known = [...new Set(given.map((one) => `${one.sourceName}.${one.event}`))];
    const candidates = nearest(name, known);
    const near = given.find((one) => `${one.sourceName}.${one.event}` === candidates[0]);
    const source = near?.source ? platform.resource(near.source) : undefined;
    return [
      diagnose('event-route-dead', {
        about: key,
        message: `\`${sensor ? referenceOf(sensor) : route.sensor}\` waits for event \`${route.event}\` of source \`${route.sourceName}\`, which ${
          route.source === null ? 'no manifest declares' : 'gives no such event'
        }`,
        sources: [
          {
            ...route.origin,
            resource: sensor ? referenceOf(sensor) : null,
            path: null,
            role: 'waits',
            via: [],
          },
          ...(source ? [sourceOf(platform, source, 'nearest', ['spec'])] : []),
        ],
        expected: `an EventSource \`${route.sourceName}\` with an event \`${route.event}\``,
        actual: known.length > 0 ? `events given: ${known.slice(0, 12).join(', ')}` : 'no event sources',
        candidates,
        help: suggestion(candidates) ?? 'declare the event, or drop the dependency',
      }),
    ];
  });
}
