/**
 * What the API server and the webhooks of External Secrets refuse, by the names of the rules. Source:
 * `config/crds/bases`, `apis/externalsecrets/v1/externalsecret_validator.go`, `secretstore_validator.go`.
 */
import {
  at,
  compareText,
  compileRe2,
  isObject,
  type JsonObject,
  type JsonPath,
  listAt,
  objectAt,
  PatternError,
  textAt,
} from '../../base/index.ts';
import type { Manifest } from './objects.ts';
import { type SchemaFault, schemaFaults } from './validation-schema.ts';

/** In the order of their rules, each with the place that it is about. */
export function refusalsOf(manifest: Pick<Manifest, 'version' | 'kind' | 'rendered'>): Refusal[] {
  const { kind, version, rendered } = manifest;
  const spec = objectAt(rendered, 'spec');
  if (!(kind in served)) return [];
  if (version !== served[kind]) return [{ rule: 'version-not-served', path: ['apiVersion'] }];
  const faults = schemaFaults(kind, spec).map((fault) => ({ ...fault, path: ['spec', ...fault.path] }));
  const asked =
    kind === 'ExternalSecret'
      ? externalSecretFaults(spec)
      : kind.endsWith('SecretStore')
        ? storeFaults(spec)
        : [];
  const found = [...faults, ...asked.map((fault) => ({ ...fault, path: ['spec', ...fault.path] }))];
  return found.sort((a, b) => compareText(a.rule, b.rule));
}

/** The webhook of ExternalSecrets, which sees the defaults of the schema. */
function externalSecretFaults(spec: JsonObject): Refusal[] {
  const found: Refusal[] = [];
  const add = (rule: RefusalRule, ...path: JsonPath) => found.push({ rule, path });
  const creation = textAt(spec, 'target', 'creationPolicy') || 'Owner';
  const deletion = textAt(spec, 'target', 'deletionPolicy') || 'Retain';
  if (deletion === 'Delete' && ['Merge', 'None', 'CreateOrMerge'].includes(creation))
    add('delete-without-owner', 'target', 'deletionPolicy');
  if (deletion === 'Merge' && creation === 'None') add('merge-without-secret', 'target', 'deletionPolicy');
  const data = listAt(spec, 'data');
  const dataFrom = listAt(spec, 'dataFrom');
  if (data.length === 0 && dataFrom.length === 0) add('no-data');
  found.push(...templateFaults(spec));
  for (const [index, entry] of dataFrom.entries()) {
    if (!isObject(entry)) continue;
    const source = at(entry, 'sourceRef');
    const ways = [entry.find, entry.extract, at(source, 'generatorRef')].filter(isObject);
    if (ways.length > 1) add('one-of-extract-find-generator', 'dataFrom', index);
    if (!isObject(entry.find) && !isObject(entry.extract) && !isObject(source))
      add('empty-data-from', 'dataFrom', index);
    if (isObject(source) && !isObject(source.generatorRef) && !isObject(source.storeRef))
      add('empty-source-ref', 'dataFrom', index, 'sourceRef');
  }
  if (deletion === 'Retain') {
    const keys = data.map((entry) => textAt(entry, 'secretKey'));
    const twice = keys.findIndex((key, index) => keys.indexOf(key) < index);
    if (twice >= 0) add('duplicate-key', 'data', twice, 'secretKey');
  }
  return found;
}

/** Of the template of a Secret; the controller looks at it as well. */
export function templateFaults(spec: JsonObject): Refusal[] {
  const template = at(spec, 'target', 'template');
  if (!isObject(template)) return [];
  const path = ['target', 'template'];
  const manifest = at(spec, 'target', 'manifest');
  const isSecret = !isObject(manifest) || (manifest.apiVersion === 'v1' && manifest.kind === 'Secret');
  const from = listAt(template, 'templateFrom').map((one) => (textAt(one, 'target') ?? '').toLowerCase());
  const isToken =
    template.type === 'kubernetes.io/service-account-token' &&
    (at(template, 'metadata', 'annotations', 'kubernetes.io/service-account.name') !== undefined ||
      from.includes('annotations'));
  const other = from.findIndex((target) => !['', 'data', 'labels', 'annotations'].includes(target));
  return [
    ...(isToken || template.type === 'bootstrap.kubernetes.io/token'
      ? [{ rule: 'privileged-type' as const, path: [...path, 'type'] }]
      : []),
    ...(isSecret && other >= 0
      ? [{ rule: 'template-target' as const, path: [...path, 'templateFrom', other, 'target'] }]
      : []),
  ];
}

/** The webhook of stores. */
function storeFaults(spec: JsonObject): Refusal[] {
  const found: Refusal[] = [];
  const conditions = listAt(spec, 'conditions');
  for (const [index, condition] of conditions.entries())
    for (const [place, pattern] of listAt(condition, 'namespaceRegexes').entries())
      if (typeof pattern === 'string' && isRefused(pattern))
        found.push({ rule: 'regexp', path: ['conditions', index, 'namespaceRegexes', place] });
  if (!isInterval(spec.refreshInterval)) found.push({ rule: 'refresh-interval', path: ['refreshInterval'] });
  const entries = listAt(spec, 'provider', 'fake', 'data');
  // A hidden value counts as given: only a missing key is none.
  for (const [index, entry] of entries.entries())
    if ((textAt(entry, 'key') ?? '') === '' || at(entry, 'value') === undefined)
      found.push({ rule: 'fake-data', path: ['provider', 'fake', 'data', index] });
  return found.filter(({ rule }, index) => found.findIndex((one) => one.rule === rule) === index);
}

function isRefused(pattern: string): boolean {
  try {
    compileRe2(pattern);
    return false;
  } catch (error) {
    if (error instanceof PatternError) return !error.isUnsupported;
    throw error;
  }
}

/** Seconds, or a duration of Go's; neither may be negative. */
function isInterval(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'number') return value >= 0;
  if (typeof value !== 'string') return false;
  return (
    /^\+?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(value) ||
    /^-0(?:ns|us|ms|s|m|h)?$/.test(value)
  );
}

const served: Record<string, string> = {
  ExternalSecret: 'v1',
  ClusterExternalSecret: 'v1',
  SecretStore: 'v1',
  ClusterSecretStore: 'v1',
  PushSecret: 'v1alpha1',
  ClusterPushSecret: 'v1alpha1',
};

type RefusalRule =
  | 'version-not-served'
  | 'delete-without-owner'
  | 'merge-without-secret'
  | 'no-data'
  | 'one-of-extract-find-generator'
  | 'empty-data-from'
  | 'empty-source-ref'
  | 'duplicate-key'
  | 'privileged-type'
  | 'template-target'
  | 'regexp'
  | 'refresh-interval'
  | 'fake-data'
  | SchemaFault['rule'];

export interface Refusal {
  rule: RefusalRule;
  /** In the manifest. */
  path: JsonPath;
}
