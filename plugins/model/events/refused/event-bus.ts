/** What is refused of an EventBus. Source: argo-events pkg/reconciler/eventbus/validate.go. */
import { at, isObject, type JsonObject, objectAt } from '../../../base/index.ts';
import { isMissing, isNil, missing, type Refusal } from './refusal.ts';

export type BusKind = 'nats' | 'jetstream' | 'kafka';

/** How events travel through it; null where it says none. Of several the first counts. */
export function busKind(bus: JsonObject): BusKind | null {
  const spec = objectAt(bus, 'spec');
  if (isObject(spec.nats)) return 'nats';
  if (isObject(spec.jetstream) || isObject(spec.jetstreamExotic)) return 'jetstream';
  return isObject(spec.kafka) ? 'kafka' : null;
}

export function refusedBus(bus: JsonObject): Refusal | null {
  const spec = objectAt(bus, 'spec');
  if (['nats', 'jetstream', 'jetstreamExotic', 'kafka'].every((key) => isNil(spec, key)))
    return {
      rule: 'no-implementation',
      path: ['spec'],
      message: 'either "nats", "jetstream", "jetstreamExotic", or "kafka" needs to be specified',
    };
  return (
    refusedNats(spec) ??
    refusedJetStream(spec) ??
    withoutUrl(spec, 'kafka') ??
    withoutUrl(spec, 'jetstreamExotic')
  );
}

function refusedNats(spec: JsonObject): Refusal | null {
  if (isNil(spec, 'nats')) return null;
  const path = ['spec', 'nats'];
  const [native, exotic] = [!isNil(spec, 'nats', 'native'), !isNil(spec, 'nats', 'exotic')];
  if (native && exotic)
    return { rule: 'native-and-exotic', path, message: '"native" and "exotic" can not be defined together' };
  if (!native && !exotic)
    return { rule: 'native-or-exotic', path, message: 'either "native" or "exotic" must be defined' };
  if (!exotic) return null;
  if (isNil(spec, 'nats', 'exotic', 'clusterID')) return missing('clusterID', [...path, 'exotic']);
  return isMissing(spec, 'nats', 'exotic', 'url') ? missing('url', [...path, 'exotic']) : null;
}

function refusedJetStream(spec: JsonObject): Refusal | null {
  if (isNil(spec, 'jetstream')) return null;
  const path = ['spec', 'jetstream'];
  if (isMissing(spec, 'jetstream', 'version')) return missing('version', path);
  const replicas = at(spec, 'jetstream', 'replicas');
  return typeof replicas === 'number' && (replicas === 2 || replicas <= 0)
    ? {
        rule: 'replicas',
        path: [...path, 'replicas'],
        message: 'a jetstream eventbus requires 1 replica or >= 3 replicas',
      }
    : null;
}

function withoutUrl(spec: JsonObject, key: string): Refusal | null {
  return !isNil(spec, key) && isMissing(spec, key, 'url') ? missing('url', ['spec', key]) : null;
}
