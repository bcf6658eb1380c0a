/** The schemas of External Secrets' definitions, as far as they refuse. Source: `config/crds/bases`. */
import {
  at,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  listAt,
  textAt,
} from '../../base/index.ts';

export function schemaFaults(kind: string, spec: JsonObject): SchemaFault[] {
  const found: SchemaFault[] = [];
  const check: Check = (rule, path) => {
    // Of several places the first is told.
    if (!found.some((one) => one.rule === rule)) found.push({ rule, path });
  };
  if (kind === 'ExternalSecret') externalSecret(spec, [], check);
  if (kind === 'ClusterExternalSecret') {
    named(spec.externalSecretName, ['externalSecretName'], check);
    if (isObject(spec.externalSecretSpec))
      externalSecret(spec.externalSecretSpec, ['externalSecretSpec'], check);
    else check('required', ['externalSecretSpec']);
    namespaces(spec, [], check);
  }
  if (kind === 'SecretStore' || kind === 'ClusterSecretStore') store(spec, check);
  if (kind === 'PushSecret') pushSecret(spec, [], check);
  if (kind === 'ClusterPushSecret') {
    named(spec.pushSecretName, ['pushSecretName'], check);
    if (isObject(spec.pushSecretSpec)) pushSecret(spec.pushSecretSpec, ['pushSecretSpec'], check);
    else check('required', ['pushSecretSpec']);
  }
  return found;
}

function externalSecret(spec: JsonObject, path: JsonPath, check: Check): void {
  storeReference(spec.secretStoreRef, [...path, 'secretStoreRef'], check);
  oneOf(spec.refreshPolicy, ['CreatedOnce', 'Periodic', 'OnChange'], [...path, 'refreshPolicy'], check);
  for (const [index, entry] of listAt(spec, 'data').entries()) {
    const here = [...path, 'data', index];
    const key = at(entry, 'secretKey');
    if (key === undefined) check('required', [...here, 'secretKey']);
    else if (!isKey(key)) check('secret-key', [...here, 'secretKey']);
    if (isObject(at(entry, 'remoteRef'))) remote(at(entry, 'remoteRef'), [...here, 'remoteRef'], check, true);
    else check('required', [...here, 'remoteRef']);
    source(at(entry, 'sourceRef'), [...here, 'sourceRef'], check);
  }
  for (const [index, entry] of listAt(spec, 'dataFrom').entries()) {
    const here = [...path, 'dataFrom', index];
    remote(at(entry, 'extract'), [...here, 'extract'], check, true);
    remote(at(entry, 'find'), [...here, 'find'], check, false);
    source(at(entry, 'sourceRef'), [...here, 'sourceRef'], check);
    for (const [place, rewrite] of listAt(entry, 'rewrite').entries())
      rewritten(rewrite, [...here, 'rewrite', place], check);
  }
  const target = at(spec, 'target');
  const place = [...path, 'target'];
  named(at(target, 'name'), [...place, 'name'], check);
  oneOf(
    at(target, 'creationPolicy'),
    ['Owner', 'Orphan', 'Merge', 'None', 'CreateOrMerge'],
    [...place, 'creationPolicy'],
    check,
  );
  oneOf(at(target, 'deletionPolicy'), ['Delete', 'Merge', 'Retain'], [...place, 'deletionPolicy'], check);
  template(at(target, 'template'), [...place, 'template'], check);
  const manifest = at(target, 'manifest');
  if (isObject(manifest) && (!textAt(manifest, 'apiVersion') || !textAt(manifest, 'kind')))
    check('required', [...place, 'manifest']);
}

function remote(reference: JsonValue | undefined, path: JsonPath, check: Check, needsKey: boolean): void {
  if (!isObject(reference)) return;
  if (needsKey && reference.key === undefined) check('required', [...path, 'key']);
  oneOf(reference.conversionStrategy, ['Default', 'Unicode'], [...path, 'conversionStrategy'], check);
  oneOf(
    reference.decodingStrategy,
    ['Auto', 'Base64', 'Base64URL', 'None'],
    [...path, 'decodingStrategy'],
    check,
  );
  oneOf(reference.metadataPolicy, ['None', 'Fetch'], [...path, 'metadataPolicy'], check);
  oneOf(reference.nullBytePolicy, ['Ignore', 'Fail'], [...path, 'nullBytePolicy'], check);
}

function source(reference: JsonValue | undefined, path: JsonPath, check: Check): void {
  if (!isObject(reference)) return;
  if (Object.keys(reference).length !== 1) check('source-ref-one', path);
  storeReference(reference.storeRef, [...path, 'storeRef'], check);
  generator(reference.generatorRef, [...path, 'generatorRef'], check);
}

function generator(reference: JsonValue | undefined, path: JsonPath, check: Check): void {
  if (!isObject(reference)) return;
  if (reference.kind === undefined) check('required', [...path, 'kind']);
  else if (!generatorKinds.has(String(reference.kind))) check('generator-kind', [...path, 'kind']);
  if (reference.name === undefined) check('required', [...path, 'name']);
  named(reference.name, [...path, 'name'], check);
}

function storeReference(reference: JsonValue | undefined, path: JsonPath, check: Check): void {
  named(at(reference, 'name'), [...path, 'name'], check);
  oneOf(at(reference, 'kind'), ['SecretStore', 'ClusterSecretStore'], [...path, 'kind'], check);
}

function rewritten(rewrite: JsonValue, path: JsonPath, check: Check): void {
  if (!isObject(rewrite)) return;
  if (Object.keys(rewrite).length !== 1) check('rewrite-one', path);
  const { regexp, transform, merge } = rewrite;
  if (isObject(regexp) && (regexp.source === undefined || regexp.target === undefined))
    check('required', [...path, 'regexp']);
  if (isObject(transform) && transform.template === undefined) check('required', [...path, 'transform']);
  oneOf(at(merge, 'strategy'), ['Extract', 'JSON'], [...path, 'merge', 'strategy'], check);
  oneOf(at(merge, 'conflictPolicy'), ['Ignore', 'Error'], [...path, 'merge', 'conflictPolicy'], check);
  oneOf(
    at(merge, 'priorityPolicy'),
    ['IgnoreNotFound', 'Strict'],
    [...path, 'merge', 'priorityPolicy'],
    check,
  );
}

function template(value: JsonValue | undefined, path: JsonPath, check: Check): void {
  if (!isObject(value)) return;
  oneOf(value.engineVersion, ['v2'], [...path, 'engineVersion'], check);
  oneOf(value.mergePolicy, ['Replace', 'Merge'], [...path, 'mergePolicy'], check);
  for (const [index, from] of listAt(value, 'templateFrom').entries()) {
    const here = [...path, 'templateFrom', index];
    oneOf(at(from, 'valuesDecodingStrategy'), ['Auto', 'Base64', 'Base64URL', 'None'], here, check);
    for (const field of ['configMap', 'secret']) {
      const object = at(from, field);
      if (!isObject(object)) continue;
      if (object.name === undefined || object.items === undefined) check('required', [...here, field]);
      named(object.name, [...here, field, 'name'], check);
      for (const [place, item] of listAt(object, 'items').entries()) {
        const key = at(item, 'key');
        if (key === undefined) check('required', [...here, field, 'items', place, 'key']);
        else if (!isKey(key)) check('secret-key', [...here, field, 'items', place, 'key']);
        oneOf(
          at(item, 'templateAs'),
          ['Values', 'KeysAndValues'],
          [...here, field, 'items', place, 'templateAs'],
          check,
        );
      }
    }
  }
}

function store(spec: JsonObject, check: Check): void {
  if (!isObject(spec.provider)) check('required', ['provider']);
  else if (Object.keys(spec.provider).length !== 1) check('one-provider', ['provider']);
  for (const [index, condition] of listAt(spec, 'conditions').entries())
    namespaces(condition, ['conditions', index], check);
}

function namespaces(holder: JsonValue, path: JsonPath, check: Check): void {
  for (const [index, name] of listAt(holder, 'namespaces').entries())
    if (typeof name !== 'string' || name.length > 63 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
      check('name', [...path, 'namespaces', index]);
}

function pushSecret(spec: JsonObject, path: JsonPath, check: Check): void {
  for (const field of ['secretStoreRefs', 'selector'])
    if (spec[field] === undefined) check('required', [...path, field]);
  for (const [index, reference] of listAt(spec, 'secretStoreRefs').entries())
    storeReference(reference, [...path, 'secretStoreRefs', index], check);
  const selector = at(spec, 'selector');
  if (isObject(selector)) {
    if (Object.keys(selector).length !== 1) check('selector-one', [...path, 'selector']);
    named(at(selector, 'secret', 'name'), [...path, 'selector', 'secret', 'name'], check);
    generator(selector.generatorRef, [...path, 'selector', 'generatorRef'], check);
  }
  oneOf(spec.updatePolicy, ['Replace', 'IfNotExists'], [...path, 'updatePolicy'], check);
  oneOf(spec.deletionPolicy, ['Delete', 'None'], [...path, 'deletionPolicy'], check);
  template(spec.template, [...path, 'template'], check);
  for (const [index, entry] of listAt(spec, 'data').entries()) {
    const here = [...path, 'data', index];
    if (textAt(entry, 'match', 'remoteRef', 'remoteKey') === undefined) check('required', [...here, 'match']);
    oneOf(
      at(entry, 'conversionStrategy'),
      ['None', 'ReverseUnicode'],
      [...here, 'conversionStrategy'],
      check,
    );
  }
  for (const [index, entry] of listAt(spec, 'dataTo').entries())
    dataTo(entry, [...path, 'dataTo', index], check);
}

function dataTo(entry: JsonValue, path: JsonPath, check: Check): void {
  const reference = at(entry, 'storeRef');
  if (at(reference, 'name') === undefined && at(reference, 'labelSelector') === undefined)
    check('data-to-store', path);
  storeReference(reference, [...path, 'storeRef'], check);
  const rewrites = listAt(entry, 'rewrite');
  if (at(entry, 'remoteKey') !== undefined && rewrites.length > 0) check('bundle-and-rewrite', path);
  oneOf(at(entry, 'conversionStrategy'), ['None', 'ReverseUnicode'], [...path, 'conversionStrategy'], check);
  for (const [index, rewrite] of rewrites.entries()) rewritten(rewrite, [...path, 'rewrite', index], check);
}

function oneOf(value: JsonValue | undefined, known: readonly string[], path: JsonPath, check: Check): void {
  if (value !== undefined && value !== null && !known.includes(String(value))) check('enum', path);
}

function named(value: JsonValue | undefined, path: JsonPath, check: Check): void {
  if (value === undefined || value === null) return;
  const isName = typeof value === 'string' && value.length <= 253 && nameForm.test(value);
  if (!isName) check('name', path);
}

function isKey(value: JsonValue): boolean {
  return typeof value === 'string' && value.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(value);
}

const nameForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const generatorKinds = new Set(
  `ACRAccessToken BeyondtrustWorkloadCredentialsDynamicSecret ClusterGenerator CloudsmithAccessToken ECRAuthorizationToken Fake
  GCRAccessToken GithubAccessToken GitlabDeployToken QuayAccessToken Password SSHKey STSSessionToken UUID VaultDynamicSecret
  Webhook Grafana MFA`.split(/\s+/),
);

type Check = (rule: SchemaFault['rule'], path: JsonPath) => void;

export interface SchemaFault {
  rule:
    | 'enum'
    | 'name'
    | 'secret-key'
    | 'required'
    | 'source-ref-one'
    | 'rewrite-one'
    | 'generator-kind'
    | 'one-provider'
    | 'selector-one'
    | 'data-to-store'
    | 'bundle-and-rewrite';
  path: JsonPath;
}
