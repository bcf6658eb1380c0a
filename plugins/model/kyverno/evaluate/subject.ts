/** Objects as policies look at them. */
import { asText, type JsonObject, objectAt, textAt } from '../../../base/index.ts';
import type { NamespaceLabels } from '../match.ts';
import type { Environment, Subject } from './types.ts';

/** @param namespace null for kinds of the cluster */
export function subjectOf(object: JsonObject, namespace: string | null): Subject {
  const apiVersion = textAt(object, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textAt(object, 'kind') ?? '',
    namespace,
    name: textAt(object, 'metadata', 'name') ?? textAt(object, 'metadata', 'generateName') ?? '',
    labels: texts(objectAt(object, 'metadata', 'labels')),
    annotations: texts(objectAt(object, 'metadata', 'annotations')),
    object,
    operation: 'CREATE',
  };
}

export function labelsOfNamespace(environment: Environment): NamespaceLabels {
  const labelsOf = (name: string) => {
    const object = environment.namespaceObject(name);
    return object && labelsIn(object);
  };
  return Object.assign(labelsOf, { given: (name: string) => environment.labelsGiven?.(name) ?? {} });
}

export function labelsIn(object: JsonObject): Record<string, string> {
  return texts(objectAt(object, 'metadata', 'labels'));
}

function texts(map: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, asText(value)]));
}
