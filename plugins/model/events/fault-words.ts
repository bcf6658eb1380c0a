/** Why a route never fires, in words that have a language. */
import { type JsonObject, type JsonValue, type Said, textAt } from '../../base/index.ts';
import type { Firing, TriggerFiring } from './firing.ts';
import { busName, type Heard } from './hearing.ts';
import { said } from './phrases.ts';
import type { EventFault } from './types.ts';

export function faultWords({ fault, firing, trigger, heard, sensor, dependency }: RouteFault): Said {
  const source = textAt(dependency, 'eventSourceName') ?? '';
  switch (fault) {
    case 'no-source':
      return said('dead.no-source', { source });
    case 'other-namespace':
      return said('dead.other-namespace', { source });
    case 'no-event':
      return said('dead.no-event', { source, event: textAt(dependency, 'eventName') ?? '' });
    case 'other-bus':
      return said('dead.other-bus', { source });
    case 'source-invalid':
      return said('dead.source-invalid', { source, message: heard.refusal?.message ?? '' });
    case 'context-filter':
      return said('dead.context-filter', { source });
    case 'filter-fails':
      return said('dead.filter-fails', { message: heard.fault ?? '' });
    case 'sensor-invalid':
      return said('dead.sensor-invalid', { message: firing.refusal?.message ?? '' });
    case 'bus-invalid':
      return said('dead.bus-invalid', { bus: busName(sensor), message: firing.busRefusal?.message ?? '' });
    case 'bus-missing':
      return said('dead.bus-missing', { bus: busName(sensor) });
    case 'conditions-syntax':
      return said('dead.conditions-syntax', {
        conditions: textAt(trigger?.trigger, 'template', 'conditions') ?? '',
      });
    case 'unknown-dependency':
      return said('dead.unknown-dependency', { names: namesOf(trigger) });
    case 'no-dependency':
      return said('dead.no-dependency');
    case 'dependency-name':
      return said('dead.dependency-name', { names: namesOf(trigger) });
    case 'no-implementation':
      return said('dead.no-implementation');
    case 'no-name':
      return said('dead.no-name');
    case 'kind':
      return said('dead.kind', { kind: trigger?.target.object?.kind ?? '' });
    case 'live-object-identity':
      return said('dead.live-object-identity');
    case 'dependency-dead':
      return said('dead.dependency-dead', { names: deadNames(firing, trigger).join(', ') });
    case 'kafka-waits-for-all':
      return said('dead.kafka-waits-for-all', {
        names: firing.triggers
          .filter((one) => one.conditions.dead !== null)
          .map(({ name }) => name)
          .join(', '),
      });
  }
}

function namesOf(trigger: TriggerFiring | null): string {
  return trigger?.conditions.dead ? trigger.conditions.names.join(', ') : '';
}

/** Dependencies that a trigger waits for and that hear nothing. */
function deadNames({ dependencies }: Firing<unknown>, trigger: TriggerFiring | null): string[] {
  const uses = trigger?.conditions.dead === null ? trigger.conditions.uses : [];
  return dependencies
    .filter(({ name, heard }) => heard.reason !== null && uses.includes(name))
    .map(({ name }) => name);
}

export interface RouteFault {
  fault: EventFault;
  firing: Firing<unknown>;
  trigger: TriggerFiring | null;
  heard: Heard<unknown>;
  /** As they are written. */
  sensor: JsonObject;
  dependency: JsonValue;
  /** What is not here may mend it. */
  isOpen: boolean;
}
