/** A JSON schema, as far as the ones here need it. */
export type Schema = Record<string, unknown>;

export const string: Schema = { type: 'string', minLength: 1 };
export const boolean: Schema = { type: 'boolean' };
export const integer: Schema = { type: 'integer' };
export const strings: Schema = list(string);
export const texts: Schema = mapOf({ type: 'string' });
export const anything: Schema = {};

/** The parts of metadata that a manifest in Git writes. */
const metadata = object({ name: string }, { namespace: string, labels: texts, annotations: texts });

export const resources = object(
  {},
  {
    requests: object({}, { cpu: string, memory: string }),
    limits: object({}, { cpu: string, memory: string }),
  },
);

export const keyOfSecret = object({ name: string, key: string }, {});

/** A whole manifest: only `spec` differs. */
export function manifest(apiVersion: string, kind: string, spec: Schema): Schema {
  return object({ apiVersion: { const: apiVersion }, kind: { const: kind }, metadata, spec }, {});
}

/** An object with these fields and no others, so that a misspelt one is found. */
export function object(
  required: Record<string, Schema>,
  optional: Record<string, Schema>,
): Schema & { properties: Record<string, Schema> } {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

/** An object of which exactly one of `choices` is given. */
export function oneOf(choices: Record<string, Schema>, others: Record<string, Schema>): Schema {
  return {
    ...object({}, { ...choices, ...others }),
    oneOf: Object.keys(choices).map((name) => ({ required: [name] })),
  };
}

export function list(items: Schema): Schema {
  return { type: 'array', items, minItems: 1 };
}

export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values, minProperties: 1 };
}

export function choice(...values: string[]): Schema {
  return { enum: values };
}
