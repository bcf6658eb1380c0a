/**
 * What is refused of an EventSource: one event at fault, and none of them is ever given. Source: argo-events
 * pkg/reconciler/eventsource/validate.go, pkg/eventsources/sources/NAME/validate.go.
 */
import { at, byName, type JsonObject, type JsonPath, objectAt, textAt } from '../../../base/index.ts';
import { parseDuration, parseSchedule } from '../../argocd/sync/cron.ts';
import { eventsOf, isRecreated } from '../event-types.ts';
import { firstMissing, isMissing, isNil, missing, type Refusal } from './refusal.ts';
import { refusedAuth, refusedSasl, refusedTls } from './secure.ts';

export function refusedSource(source: JsonObject): Refusal | null {
  const events = eventsOf(source);
  const seen = new Set<string>();
  for (const { type, name } of events) {
    const path = ['spec', type, name];
    if (seen.has(name))
      return { rule: 'event-name-repeats', path, message: `more than one "${name}" found in the spec` };
    seen.add(name);
    const body = objectAt(source, ...path);
    const refused =
      firstMissing(body, path, required[type]?.keys ?? []) ??
      required[type]?.also?.(body, path) ??
      (required[type]?.webhook === undefined ? null : refusedWebhook(body, path, required[type].webhook));
    if (refused !== null) return refused;
  }
  const types = [...new Set(events.map(({ type }) => type))];
  return types.some(isRecreated) && !types.every(isRecreated)
    ? {
        rule: 'mixed-strategies',
        path: ['spec'],
        message: 'event sources with rolling update and recreate update strategy can not be put together',
      }
    : null;
}

/**
 * A server of webhooks needs `endpoint` and a number as `port`; `own` where they are the event's own keys.
 */
function refusedWebhook(body: JsonObject, path: JsonPath, where: 'own' | 'webhook'): Refusal | null {
  const [context, at] = where === 'own' ? [body, path] : [objectAt(body, 'webhook'), [...path, 'webhook']];
  const fault = (message: string): Refusal => ({ rule: 'webhook', path: at, message });
  if (isMissing(context, 'endpoint')) return fault("endpoint can't be empty");
  if (isMissing(context, 'port')) return fault("port can't be empty");
  return /^[+-]?\d+$/.test(String(context.port))
    ? null
    : {
        rule: 'webhook',
        path: [...at, 'port'],
        message: `failed to parse server port ${String(context.port)}`,
      };
}

function refusedCalendar(body: JsonObject, path: JsonPath): Refusal | null {
  const [schedule, interval] = [textAt(body, 'schedule') ?? '', textAt(body, 'interval') ?? ''];
  if (schedule !== '')
    return parseSchedule(schedule) === null
      ? { rule: 'schedule', path: [...path, 'schedule'], message: `failed to parse schedule ${schedule}` }
      : null;
  if (interval === '')
    return { rule: 'schedule-or-interval', path, message: 'must have either schedule or interval' };
  return parseDuration(interval) === null
    ? { rule: 'interval', path: [...path, 'interval'], message: `failed to parse interval ${interval}` }
    : null;
}

function refusedGithub(body: JsonObject, path: JsonPath): Refusal | null {
  const repositories =
    (at(body, 'repositories', 0) ?? null) !== null ||
    (!isMissing(body, 'owner') && !isMissing(body, 'repository'));
  const organizations = !isNil(body, 'organizations');
  if (repositories === organizations)
    return {
      rule: 'repositories-or-organizations',
      path,
      message: repositories
        ? 'only one of repositories and organizations is allowed'
        : 'either repositories or organizations is required',
    };
  const makesHooks =
    (!isNil(body, 'apiToken') || !isNil(body, 'githubApp', 'privateKey')) &&
    !isMissing(body, 'webhook', 'url');
  if (makesHooks && at(body, 'events', 0) === undefined)
    return { rule: 'events-missing', path, message: 'events must be defined to create a github webhook' };
  const contentType = textAt(body, 'contentType') ?? '';
  if (!['', 'json', 'form'].includes(contentType))
    return {
      rule: 'contentType',
      path: [...path, 'contentType'],
      message: 'content type must be "json" or "form"',
    };
  const [base, upload] = [isMissing(body, 'githubBaseURL'), isMissing(body, 'githubUploadURL')];
  return base === upload ? null : missing(base ? 'githubBaseURL' : 'githubUploadURL', path);
}

function refusedAmqp(body: JsonObject, path: JsonPath): Refusal | null {
  const message = isMissing(body, 'url')
    ? 'either url or urlSecret must be specified'
    : 'only one of url or urlSecret can be specified';
  if (isMissing(body, 'url') === isNil(body, 'urlSecret')) return { rule: 'url-or-urlSecret', path, message };
  return (
    firstMissing(body, path, ['routingKey', 'exchangeType']) ??
    refusedTls(body, path) ??
    refusedAuth(body, path)
  );
}

function refusedKafka(body: JsonObject, path: JsonPath): Refusal | null {
  if (isMissing(body, 'partition') && isNil(body, 'consumerGroup'))
    return {
      rule: 'consumerGroup-or-partition',
      path,
      message: 'consumerGroup or partition must be specified',
    };
  return refusedTls(body, path) ?? refusedSasl(body, path);
}

function refusedRedis(body: JsonObject, path: JsonPath): Refusal | null {
  if (!isNil(body, 'password') && isMissing(body, 'namespace'))
    return {
      rule: 'namespace-missing',
      path,
      message: 'namespace must be defined in order to retrieve the password from the secret',
    };
  return refusedTls(body, path);
}

function refusedPubSub(body: JsonObject, path: JsonPath): Refusal | null {
  if (!isMissing(body, 'topicProjectID') && isMissing(body, 'topic')) return missing('topic', path);
  return isMissing(body, 'topic') && isMissing(body, 'subscriptionID')
    ? { rule: 'topic-or-subscriptionID', path, message: 'must specify topic or subscriptionID' }
    : null;
}

function refusedBitbucket(body: JsonObject, path: JsonPath): Refusal | null {
  const named = !isMissing(body, 'owner') && !isMissing(body, 'repositorySlug');
  return at(body, 'repositories', 0) === undefined && !named
    ? { rule: 'repositories-missing', path, message: 'at least one repository is required' }
    : null;
}

function refusedServiceBus(body: JsonObject, path: JsonPath): Refusal | null {
  if (isNil(body, 'connectionString') && isMissing(body, 'fullyQualifiedNamespace'))
    return missing('connectionString', path);
  const queue = !isMissing(body, 'queueName');
  const parts = ['topicName', 'subscriptionName'].filter((key) => !isMissing(body, key)).length;
  return queue ? (parts > 0 ? queueOrTopic(path) : null) : parts < 2 ? queueOrTopic(path) : null;
}

function queueOrTopic(path: JsonPath): Refusal {
  return {
    rule: 'queue-or-topic',
    path,
    message: 'either queueName, or both topicName and subscriptionName, must be specified',
  };
}

/** Of `file`, `sftp` and `hdfs`: a folder, and the names in it by path or by pattern. */
function refusedWatch(config: JsonObject, path: JsonPath): Refusal | null {
  const directory = textAt(config, 'directory') ?? '';
  if (!directory.startsWith('/'))
    return { rule: 'directory', path, message: 'directory must be an absolute file path' };
  if (isMissing(config, 'path') === isMissing(config, 'pathRegexp'))
    return { rule: 'path-or-pathRegexp', path, message: 'one of path and pathRegexp must be specified' };
  return (textAt(config, 'path') ?? '').startsWith('/')
    ? { rule: 'path', path, message: 'path must be a relative file path' }
    : null;
}

function watched(body: JsonObject, path: JsonPath): Refusal | null {
  return refusedWatch(objectAt(body, 'watchPathConfig'), [...path, 'watchPathConfig']);
}

function refusedHdfs(body: JsonObject, path: JsonPath): Refusal | null {
  if (!/(^|\|)(CREATE|REMOVE|WRITE|RENAME|CHMOD)(\||$)/.test(textAt(body, 'type') ?? ''))
    return { rule: 'type', path: [...path, 'type'], message: 'type is invalid' };
  const users = ['hdfsUser', 'krbCCacheSecret', 'krbKeytabSecret'];
  return (
    refusedWatch(body, path) ??
    (at(body, 'addresses', 0) === undefined ? missing('addresses', path) : null) ??
    (users.every((key) => isMissing(body, key)) ? missing('hdfsUser', path) : null)
  );
}

function refusedMinio(body: JsonObject, path: JsonPath): Refusal | null {
  return !isNil(body, 'bucket') && isMissing(body, 'bucket', 'name')
    ? missing('name', [...path, 'bucket'])
    : null;
}

function refusedEventsHub(body: JsonObject, path: JsonPath): Refusal | null {
  const [key, name] = [isNil(body, 'sharedAccessKey'), isNil(body, 'sharedAccessKeyName')];
  return key === name ? null : missing(key ? 'sharedAccessKey' : 'sharedAccessKeyName', path);
}

function nilOf(...keys: string[]): Check {
  return (body, path) => {
    const key = keys.find((one) => isNil(body, one));
    return key === undefined ? null : missing(key, path);
  };
}

/** Needed keys of each type, what else is asked of it, and where its server of webhooks is. */
const required: Record<string, Needs | undefined> = byName<Needs>({
  webhook: { keys: [], webhook: 'own' },
  calendar: { keys: [], also: refusedCalendar },
  github: { keys: [], also: refusedGithub, webhook: 'webhook' },
  gitlab: {
    keys: [],
    also: (body, path) =>
      nilOf('events')(body, path) ?? firstMissing(body, path, ['gitlabBaseURL', 'accessToken']),
    webhook: 'webhook',
  },
  gerrit: {
    keys: [],
    also: (body, path) =>
      at(body, 'projects', 0) === undefined
        ? missing('projects', path)
        : (nilOf('events')(body, path) ?? firstMissing(body, path, ['gerritBaseURL', 'auth'])),
    webhook: 'webhook',
  },
  bitbucket: { keys: [], also: refusedBitbucket, webhook: 'webhook' },
  bitbucketserver: { keys: ['bitbucketserverBaseURL'], webhook: 'webhook' },
  slack: { keys: ['token', 'signingSecret'], webhook: 'webhook' },
  sns: { keys: ['topicArn', 'region'], webhook: 'webhook' },
  storageGrid: {
    keys: ['topicArn', 'apiURL', 'authToken', 'bucket'],
    also: nilOf('events'),
    webhook: 'webhook',
  },
  stripe: {
    keys: [],
    also: (body, path) =>
      body.createWebhook === true && isNil(body, 'apiKey') ? missing('apiKey', path) : null,
    webhook: 'webhook',
  },
  sqs: { keys: ['region', 'queue'] },
  mns: { keys: ['queue', 'endpoint'] },
  kafka: { keys: ['url', 'topic'], also: refusedKafka },
  nats: { keys: ['url', 'subject'], also: refusedTls },
  amqp: { keys: [], also: refusedAmqp },
  mqtt: {
    keys: ['url', 'topic', 'clientId'],
    also: (body, path) => refusedTls(body, path) ?? refusedAuth(body, path),
  },
  redis: {
    keys: ['hostAddress'],
    also: (body, path) => nilOf('channels')(body, path) ?? refusedRedis(body, path),
  },
  redisStream: {
    keys: ['hostAddress'],
    also: (body, path) => nilOf('streams')(body, path) ?? refusedTls(body, path),
  },
  nsq: { keys: ['hostAddress', 'topic', 'channel'], also: refusedTls },
  emitter: { keys: ['broker', 'channelName', 'channelKey'], also: refusedTls },
  pulsar: {
    keys: [],
    also: (body, path) =>
      nilOf('topics')(body, path) ??
      firstMissing(body, path, ['url']) ??
      (['exclusive', 'shared'].includes(textAt(body, 'type') ?? '')
        ? null
        : {
            rule: 'type',
            path: [...path, 'type'],
            message: 'subscription type must be either exclusive or shared',
          }),
  },
  resource: { keys: ['version', 'resource'], also: nilOf('eventTypes') },
  minio: { keys: ['accessKey', 'secretKey', 'endpoint'], also: refusedMinio },
  pubSub: { keys: [], also: refusedPubSub },
  azureEventsHub: { keys: ['fqdn', 'hubName'], also: refusedEventsHub },
  azureServiceBus: { keys: [], also: refusedServiceBus },
  azureQueueStorage: {
    keys: [],
    also: (body, path) =>
      isNil(body, 'connectionString') && isMissing(body, 'storageAccountName')
        ? missing('connectionString', path)
        : firstMissing(body, path, ['queueName']),
  },
  file: { keys: ['eventType'], also: watched },
  sftp: { keys: ['eventType'], also: watched },
  hdfs: { keys: [], also: refusedHdfs },
  generic: { keys: ['url', 'config'] },
});

type Check = (body: JsonObject, path: JsonPath) => Refusal | null;
interface Needs {
  keys: readonly string[];
  also?: Check;
  webhook?: 'own' | 'webhook';
}
