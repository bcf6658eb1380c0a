/**
 * External Secrets: store → ExternalSecret → the Secret that it writes. Defaults are those of the
 * ExternalSecret API.
 */
import {
  at,
  compareText,
  isObject,
  type JsonObject,
  type JsonPath,
  listAt,
  objectAt,
  textAt,
  textsAt,
} from '../../base/index.ts';
import type { BuildContext } from '../context.ts';
import { idOf, textsOf } from '../identity.ts';
import { selectorHolds } from '../kyverno/match.ts';
import type { Resource, SecretFlow } from '../types.ts';

const group = 'external-secrets.io';

/**
 * The flows; Secrets that are not in the repository and come to be by them are added to the lookup. One that
 * is there, or that another ExternalSecret owns, is not doubled: `creationPolicy: Merge` adds keys to it.
 */
export function buildSecretFlows(context: BuildContext): SecretFlow[] {
  const writers = writersOf(context).map((writer) => ({ ...writer, flow: flowOf(writer, context) }));
  // Owners come first, so that what merges into their Secret finds it.
  const owned = writers.filter(({ flow }) => flow.creationPolicy !== 'Merge');
  const merged = writers.filter(({ flow }) => flow.creationPolicy === 'Merge');
  for (const { flow, ...writer } of [...owned, ...merged]) {
    const known = context.lookup.find('', 'Secret', flow.target.namespace, flow.target.name);
    if (known) {
      flow.target.id = known.id;
      if (known.source === 'external-secret') {
        const more = Object.fromEntries(secretKeys(writer.spec, flow).map((key) => [key, '']));
        known.rendered = { ...known.rendered, data: { ...objectAt(known.rendered, 'data'), ...more } };
      }
    } else if (flow.creationPolicy !== 'None') context.lookup.add(secretOf(writer, flow, context));
  }
  const key = (flow: SecretFlow): string => `${flow.externalSecret} ${flow.target.id}`;
  return writers.map(({ flow }) => flow).sort((a, b) => compareText(key(a), key(b)));
}

/** ExternalSecrets, and what a ClusterExternalSecret makes of itself in each namespace that it selects. */
function writersOf(context: BuildContext): Writer[] {
  const single = context.lookup.ofKind(group, 'ExternalSecret').map(
    (resource): Writer => ({
      resource,
      spec: objectAt(resource.rendered, 'spec'),
      path: ['spec'],
      name: resource.name,
      namespace: resource.namespace,
    }),
  );
  const several = context.lookup.ofKind(group, 'ClusterExternalSecret').flatMap((resource) =>
    namespacesOf(resource, context).map(
      (namespace): Writer => ({
        resource,
        spec: objectAt(resource.rendered, 'spec', 'externalSecretSpec'),
        path: ['spec', 'externalSecretSpec'],
        name: textAt(resource.rendered, 'spec', 'externalSecretName') ?? resource.name,
        namespace,
      }),
    ),
  );
  return [...single, ...several];
}

function flowOf({ resource, spec, name, namespace }: Writer, context: BuildContext): SecretFlow {
  const target = textAt(spec, 'target', 'name') ?? name;
  const store = storeReference(spec);
  return {
    externalSecret: resource.id,
    store: { ...store, id: storeId(store, namespace, context) },
    target: { name: target, namespace, id: idOf('', 'Secret', namespace, target) },
    creationPolicy: textAt(spec, 'target', 'creationPolicy') ?? 'Owner',
    deletionPolicy: textAt(spec, 'target', 'deletionPolicy') ?? 'Retain',
    refreshInterval: textAt(spec, 'refreshInterval') ?? '1h',
    keys: keysOf(spec),
    origin: resource.origin,
  };
}

/** The set's own store, else the first that one of its entries names. */
function storeReference(spec: JsonObject): { kind: string; name: string } {
  const entries = [...listAt(spec, 'data'), ...listAt(spec, 'dataFrom')];
  const references = [
    at(spec, 'secretStoreRef'),
    ...entries.map((entry) => at(entry, 'sourceRef', 'storeRef')),
  ];
  const store = references.filter(isObject).find((reference) => typeof reference.name === 'string');
  if (store) return { kind: textAt(store, 'kind') ?? 'SecretStore', name: textAt(store, 'name') ?? '' };
  const generator = entries.map((entry) => at(entry, 'sourceRef', 'generatorRef')).find(isObject);
  return {
    kind: generator ? (textAt(generator, 'kind') ?? 'Generator') : 'SecretStore',
    name: textAt(generator, 'name') ?? '',
  };
}

function storeId(
  store: { kind: string; name: string },
  namespace: string | null,
  context: BuildContext,
): string | null {
  const groups = [group, 'generators.external-secrets.io'];
  for (const one of groups) {
    const found = context.lookup.find(
      one,
      store.kind,
      store.kind.startsWith('Cluster') ? null : namespace,
      store.name,
    );
    if (found) return found.id;
  }
  return null;
}

function keysOf(spec: JsonObject): { key: string; remote: string }[] {
  const single = listAt(spec, 'data').map((entry) => ({
    key: textAt(entry, 'secretKey') ?? '',
    remote: remoteText(objectAt(entry, 'remoteRef')),
  }));
  const whole = listAt(spec, 'dataFrom').map((entry) => {
    const extract = objectAt(entry, 'extract');
    if (typeof extract.key === 'string') return { key: '*', remote: remoteText(extract) };
    const find = textAt(entry, 'find', 'name', 'regexp') ?? textAt(entry, 'find', 'path');
    return {
      key: '*',
      remote:
        find === undefined ? (textAt(entry, 'sourceRef', 'generatorRef', 'kind') ?? '*') : `find ${find}`,
    };
  });
  return [...single, ...whole];
}

function remoteText(reference: JsonObject): string {
  const key = textAt(reference, 'key') ?? '';
  const property = textAt(reference, 'property');
  return property === undefined ? key : `${key}#${property}`;
}

/** Keys of the Secret: those of its template where that replaces what is fetched. */
function secretKeys(spec: JsonObject, flow: SecretFlow): string[] {
  const template = objectAt(spec, 'target', 'template');
  const templated = Object.keys(objectAt(template, 'data'));
  const fetched = flow.keys.map(({ key }) => key).filter((key) => key !== '*');
  return [
    ...new Set(
      templated.length > 0 && template.mergePolicy !== 'Merge' ? templated : [...fetched, ...templated],
    ),
  ];
}

/** Keys alone: what a Secret holds is nobody's business here. */
function secretOf({ resource, spec, path }: Writer, flow: SecretFlow, context: BuildContext): Resource {
  const template = objectAt(spec, 'target', 'template');
  const labels = textsOf(objectAt(template, 'metadata', 'labels'));
  const annotations = textsOf(objectAt(template, 'metadata', 'annotations'));
  const place = context.locate(resource, at(spec, 'target') === undefined ? path : [...path, 'target']);
  const { name, namespace } = flow.target;
  return {
    id: flow.target.id,
    apiVersion: 'v1',
    group: '',
    version: 'v1',
    kind: 'Secret',
    namespace,
    name,
    labels,
    annotations,
    layer: resource.layer,
    stack: resource.stack,
    deployer: null,
    application: null,
    kustomization: null,
    helmRelease: null,
    wave: 0,
    waveSet: false,
    phase: 'Sync',
    origin: { ...resource.origin, ...place },
    source: 'external-secret',
    generatedBy: resource.id,
    rendered: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, ...(namespace === null ? {} : { namespace }), labels, annotations },
      type: textAt(template, 'type') ?? 'Opaque',
      data: Object.fromEntries(secretKeys(spec, flow).map((key) => [key, ''])),
    },
  };
}

/** Namespaces of the repository that a ClusterExternalSecret selects. */
function namespacesOf(resource: Resource, context: BuildContext): string[] {
  const spec = objectAt(resource.rendered, 'spec');
  const selectors = [spec.namespaceSelector, ...listAt(spec, 'namespaceSelectors')].filter(isObject);
  const names = textsAt(spec, 'namespaces');
  const selected = context.lookup
    .ofKind('', 'Namespace')
    .filter(
      ({ name, labels }) =>
        names.includes(name) ||
        selectors.some((selector) =>
          selectorHolds(selector, { 'kubernetes.io/metadata.name': name, ...labels }),
        ),
    );
  return [...new Set([...names, ...selected.map(({ name }) => name)])].sort(compareText);
}

interface Writer {
  resource: Resource;
  /** Spec of the ExternalSecret, and where it stands in the resource. */
  spec: JsonObject;
  path: JsonPath;
  name: string;
  namespace: string | null;
}
