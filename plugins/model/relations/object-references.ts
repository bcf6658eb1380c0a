/**
 * What a manifest names by the conventions of Kubernetes: Secrets, ConfigMaps and the ServiceAccount it runs
 * as.
 */
import { isObject, type JsonPath, objectAt, oncePer } from '../../base/index.ts';
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
        if (key === 'secretName' && !certificate) add('Secret', item, {}, here);
        else if (key === 'serviceAccountName') add('ServiceAccount', item, {}, here);
      } else if (isObject(item) && typeof item.name === 'string') {
        if (/secret(key)?ref$/i.test(key) || key === 'secret') add('Secret', item.name, item, here);
        else if (/configmap(key)?ref$/i.test(key) || key === 'configMap')
          add('ConfigMap', item.name, item, here);
        else if (key === 'serviceAccountRef') add('ServiceAccount', item.name, item, here);
      } else if ((key === 'substituteFrom' || key === 'valuesFrom') && Array.isArray(item)) {
        for (const [index, one] of item.entries())
          if (
            isObject(one) &&
            typeof one.name === 'string' &&
            (one.kind === 'Secret' || one.kind === 'ConfigMap')
          )
            add(one.kind, one.name, one, [...here, index]);
      } else if ((key === 'imagePullSecrets' || key === 'certificateRefs') && Array.isArray(item)) {
        for (const [index, one] of item.entries()) {
          if (isObject(one) && typeof one.name === 'string' && (one.kind ?? 'Secret') === 'Secret')
            add('Secret', one.name, one, [...here, index]);
        }
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

export interface NamedReference {
  kind: 'Secret' | 'ConfigMap' | 'ServiceAccount';
  name: string;
  namespace: string | null;
  /** The one that it names, of a Secret or a ConfigMap. */
  key: string | null;
  optional: boolean;
  path: JsonPath;
}
