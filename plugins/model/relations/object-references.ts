/**
 * What a manifest names by the conventions of Kubernetes: Secrets, ConfigMaps and the ServiceAccount it runs
 * as.
 */
import {
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  objectAt,
  oncePer,
} from '../../base/index.ts';
import type { Resource } from '../types.ts';

/**
 * Every such reference in the spec of a resource; manifests embedded in it speak for themselves and are left
 * out.
 */
export const namedReferences = oncePer((resource: Resource): NamedReference[] => {
  const found: NamedReference[] = [];
  const places = new Set<string>();
  const events =
    resource.group === 'argoproj.io' && (resource.kind === 'EventSource' || resource.kind === 'Sensor');
  const certificate = resource.kind === 'Certificate';
  // What a chart is given names what its templates make of it: the chart's own objects say what they read.
  const values =
    resource.kind === 'HelmRelease' ? 'values' : resource.kind === 'Application' ? 'valuesObject' : null;
  // The schema of a definition names nothing.
  if (resource.kind !== 'CustomResourceDefinition') walk(objectAt(resource.rendered, 'spec'), ['spec']);
  if (resource.group === '' && resource.kind === 'ServiceAccount')
    walk({ imagePullSecrets: resource.rendered.imagePullSecrets }, []);
  return found;

  function walk(value: unknown, path: JsonPath): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, [...path, index]);
      return;
    }
    if (!isObject(value) || (typeof value.apiVersion === 'string' && typeof value.kind === 'string')) return;
    if (events && typeof value.name === 'string' && typeof value.key === 'string')
      add('Secret', value.name, value, path);
    for (const [key, item] of Object.entries(value)) {
      if (key === values) continue;
      const here = [...path, key];
      if (typeof item === 'string') {
        const kind = kindOfName(key);
        if (kind !== null && !(certificate && key === 'secretName')) add(kind, item, {}, here);
      } else if (Array.isArray(item)) {
        for (const [index, one] of item.entries()) {
          const kind = kindInList(key, one);
          if (kind !== null && isNamed(one)) add(kind, one.name, one, [...here, index]);
        }
      } else if (isNamed(item)) {
        const kind = kindOfReference(key);
        if (kind !== null) add(kind, item.name, item, here);
      }
      walk(item, here);
    }
  }

  function add(kind: NamedReference['kind'], name: string, reference: object, path: JsonPath): void {
    const namespace =
      'namespace' in reference && typeof reference.namespace === 'string'
        ? reference.namespace
        : resource.namespace;
    const place = ('name' in reference ? [...path, 'name'] : path).join('.');
    if (places.has(place)) return;
    places.add(place);
    const { key, optional } = reference as { key?: unknown; optional?: unknown };
    found.push({
      kind,
      name,
      namespace,
      key: typeof key === 'string' ? key : null,
      optional: optional === true,
      path: 'name' in reference ? [...path, 'name'] : path,
    });
  }
});

/** Of what a field holds the name. */
function kindOfName(key: string): ReferredKind | null {
  if (key === 'secretName') return 'Secret';
  return key === 'serviceAccountName' ? 'ServiceAccount' : null;
}

/** Of what a field holds an object with the name. */
function kindOfReference(key: string): ReferredKind | null {
  if (/secret(key)?ref$/i.test(key) || key === 'secret') return 'Secret';
  if (/configmap(key)?ref$/i.test(key) || key === 'configMap') return 'ConfigMap';
  return key === 'serviceAccountRef' ? 'ServiceAccount' : null;
}

/** Of what an item in the list of a field holds the name. */
function kindInList(key: string, item: JsonValue): ReferredKind | null {
  const kind = isObject(item) ? item.kind : undefined;
  if (key === 'substituteFrom' || key === 'valuesFrom')
    return kind === 'Secret' || kind === 'ConfigMap' ? kind : null;
  const isOfSecrets = key === 'imagePullSecrets' || key === 'certificateRefs';
  return isOfSecrets && (kind ?? 'Secret') === 'Secret' ? 'Secret' : null;
}

function isNamed(value: unknown): value is JsonObject & { name: string } {
  return isObject(value) && typeof value.name === 'string';
}

type ReferredKind = 'Secret' | 'ConfigMap' | 'ServiceAccount';

export interface NamedReference {
  kind: ReferredKind;
  name: string;
  namespace: string | null;
  /** The one that it names, of a Secret or a ConfigMap. */
  key: string | null;
  optional: boolean;
  path: JsonPath;
}
