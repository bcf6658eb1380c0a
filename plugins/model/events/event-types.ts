/**
 * Which keys of an EventSource hold events, and what is known of each type. Source: argo-events
 * pkg/eventsources/eventing.go (GetEventingServers), pkg/apis/events/v1alpha1/const.go.
 */
import { isObject, type JsonObject, objectAt } from '../../base/index.ts';

/** The events of a source: below each key that is a type, a mapping of them by their names. */
export function eventsOf(source: JsonObject): SourceEvent[] {
  const spec = objectAt(source, 'spec');
  return eventTypes.flatMap((type) => {
    const events = spec[type];
    return isObject(events) ? Object.keys(events).map((name) => ({ type, name })) : [];
  });
}

/** The CloudEvents attributes of every event of a source, as far as they are known before one happens. */
export function contextOf(source: string, event: SourceEvent): JsonObject {
  return {
    type: typesByKey.get(event.type) ?? event.type,
    source,
    subject: event.name,
    datacontenttype: 'application/json',
  };
}

/** Types whose deployment must be recreated: they share no EventSource with those that roll. */
export function isRecreated(type: string): boolean {
  return recreated.has(type);
}

const recreated = new Set(
  `amqp calendar kafka pubSub azureEventsHub azureServiceBus nats mqtt minio emitter nsq pulsar redis redisStream
   resource hdfs file sftp generic`.split(/\s+/),
);

const eventTypes =
  `minio calendar file sftp resource webhook amqp kafka mqtt nats sns sqs mns pubSub gerrit github gitlab hdfs
   slack storageGrid azureEventsHub azureQueueStorage azureServiceBus stripe emitter redis redisStream nsq pulsar
   generic bitbucketserver bitbucket`.split(/\s+/);

/** Where a CloudEvent's type is not the key. */
const typesByKey = new Map([
  ['pubSub', 'pubsub'],
  ['storageGrid', 'storagegrid'],
]);

export interface SourceEvent {
  type: string;
  name: string;
}
