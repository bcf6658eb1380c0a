import {
  anything,
  boolean,
  choice,
  integer,
  keyOfSecret,
  list,
  manifest,
  mapOf,
  object,
  oneOf,
  resources,
  type Schema,
  string,
  strings,
  texts,
} from './build.ts';

/**
 * Argo Events publishes its definitions with unknown fields allowed everywhere, so that they catch
 * nothing. These are the fields that the platform uses, after pkg/apis/events/v1alpha1 of Argo
 * Events 1.9.
 */
const container = object({}, { resources });
const podTemplate = object({}, { serviceAccountName: string, container });

export const eventBus = manifest(
  'argoproj.io/v1alpha1',
  'EventBus',
  object(
    {
      jetstream: object(
        { version: string },
        {
          replicas: integer,
          persistence: object({ volumeSize: string }, { accessMode: string, storageClassName: string }),
          containerTemplate: container,
          reloaderContainerTemplate: container,
          metricsContainerTemplate: container,
        },
      ),
    },
    {},
  ),
);

const webhook = {
  endpoint: { type: 'string', pattern: '^/' },
  method: choice('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  // A string in the definition, not a number.
  port: { type: 'string', pattern: '^[0-9]+$' },
};

const github = object(
  {
    repositories: list(object({ owner: string, names: strings }, {})),
    events: strings,
    webhook: object({ ...webhook, url: string }, {}),
  },
  {
    githubBaseURL: string,
    githubUploadURL: string,
    active: boolean,
    contentType: choice('json', 'form'),
    apiToken: keyOfSecret,
    webhookSecret: keyOfSecret,
  },
);

const selector = object({ key: string, value: string }, { operation: choice('=', '==', '!=') });

const resource = object(
  {
    namespace: string,
    group: { type: 'string' },
    version: string,
    resource: string,
    eventTypes: list(choice('ADD', 'UPDATE', 'DELETE')),
  },
  {
    filter: object(
      {},
      { afterStart: boolean, prefix: string, labels: list(selector), fields: list(selector) },
    ),
  },
);

export const eventSource = manifest(
  'argoproj.io/v1alpha1',
  'EventSource',
  oneOf(
    {
      webhook: mapOf(object(webhook, { authSecret: keyOfSecret })),
      github: mapOf(github),
      resource: mapOf(resource),
    },
    { template: podTemplate, eventBusName: string },
  ),
);

const parameter = object(
  {
    src: object(
      { dependencyName: string },
      { dataKey: string, dataTemplate: string, value: string, useRawData: boolean },
    ),
    dest: string,
  },
  { operation: choice('append', 'overwrite', 'prepend') },
);

const filters = object(
  {},
  {
    data: list(
      object(
        { path: string, type: choice('bool', 'number', 'string'), value: strings },
        { comparator: choice('>=', '>', '=', '!=', '<', '<=') },
      ),
    ),
    exprs: list(object({ expr: string, fields: list(object({ name: string, path: string }, {})) }, {})),
  },
);

/** The workflow inside is held against its own schema by the test. */
const argoWorkflow = object(
  {
    operation: choice('submit', 'submit-from', 'resubmit', 'resume', 'retry', 'suspend', 'terminate', 'stop'),
    source: object({ resource: anything }, {}),
  },
  { parameters: list(parameter) },
);

const http = object(
  { url: { type: 'string', pattern: '^https?://' }, method: choice('GET', 'POST', 'PUT', 'PATCH', 'DELETE') },
  {
    headers: texts,
    secureHeaders: list(object({ name: string, valueFrom: object({ secretKeyRef: keyOfSecret }, {}) }, {})),
    payload: list(parameter),
  },
);

const trigger: Schema = object(
  { template: oneOf({ argoWorkflow, http }, { name: string, conditions: string }) },
  {
    parameters: list(parameter),
    policy: object({ status: object({ allow: list(integer) }, {}) }, {}),
    rateLimit: object({ unit: choice('Second', 'Minute', 'Hour'), requestsPerUnit: integer }, {}),
    retryStrategy: object({ steps: integer }, { duration: string }),
  },
);

export const sensor = manifest(
  'argoproj.io/v1alpha1',
  'Sensor',
  object(
    {
      dependencies: list(object({ name: string, eventSourceName: string, eventName: string }, { filters })),
      triggers: list(trigger),
    },
    { template: podTemplate, eventBusName: string },
  ),
);
