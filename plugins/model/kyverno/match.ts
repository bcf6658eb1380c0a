/**
 * `match` and `exclude` of a Kyverno rule, for plain manifests (no user, no request). Source: kyverno
 * `pkg/utils/match`.
 */
import { asText, isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from '../../base/index.ts';
import type { Resource } from '../types.ts';
import { parseKind, selectsKind } from './kind-patterns.ts';
import { wildcard } from './wildcard.ts';

/** True where the rule looks at the resource. An exclusion is asked only where the match holds. */
export function isMatched(rule: JsonObject, resource: Resource, labelsOfNamespace: NamespaceLabels): boolean {
  const match = objectAt(rule, 'match');
  if (!blocks(match, (filter) => filterMatches(filter, resource, labelsOfNamespace, 'match'))) return false;
  const exclude = objectAt(rule, 'exclude');
  if (Object.keys(exclude).length === 0) return true;
  return !blocks(exclude, (filter) => filterMatches(filter, resource, labelsOfNamespace, 'exclude'));
}

/** Filters of a block, however it is written: `any`, `all`, or flat. */
export function filtersOf(block: JsonObject): JsonObject[] {
  if (Array.isArray(block.any)) return block.any.filter(isObject);
  if (Array.isArray(block.all)) return block.all.filter(isObject);
  return Object.keys(block).length > 0 ? [block] : [];
}

function blocks(block: JsonObject, test: (filter: JsonObject) => boolean): boolean {
  const filters = filtersOf(block);
  return Array.isArray(block.all) ? filters.length > 0 && filters.every(test) : filters.some(test);
}

function filterMatches(
  filter: JsonObject,
  resource: Resource,
  labelsOf: NamespaceLabels,
  side: 'match' | 'exclude',
): boolean {
  const wanted = objectAt(filter, 'resources');
  const users = ['roles', 'clusterRoles', 'subjects'].some((key) => listAt(filter, key).length > 0);
  // Without a user, what a match says of users is dropped; an exclusion that asks for one does not exclude.
  if (users && side === 'exclude') return false;
  const keys = Object.keys(wanted).filter((key) => wanted[key] !== undefined && wanted[key] !== null);
  return keys.length > 0 && keys.every((key) => conditionHolds(key, wanted, resource, labelsOf));
}

function conditionHolds(
  key: string,
  wanted: JsonObject,
  resource: Resource,
  labelsOf: NamespaceLabels,
): boolean {
  const texts = textsAt(wanted, key);
  if (key === 'kinds')
    return texts.some((text) =>
      selectsKind(parseKind(text), resource.group, resource.version, resource.kind),
    );
  if (key === 'name') return typeof wanted.name === 'string' && wildcard(wanted.name, resource.name);
  if (key === 'names') return texts.some((text) => wildcard(text, resource.name));
  if (key === 'namespaces') {
    const namespace = isNamespace(resource) ? resource.name : (resource.namespace ?? '');
    return texts.some((text) => wildcard(text, namespace));
  }
  if (key === 'annotations') {
    const own = Object.entries(resource.annotations);
    return Object.entries(objectAt(wanted, key)).every(([name, value]) =>
      own.some(([ownName, ownValue]) => wildcard(name, ownName) && wildcard(asText(value), ownValue)),
    );
  }
  if (key === 'selector') return selectorHolds(objectAt(wanted, key), resource.labels);
  if (key === 'namespaceSelector') {
    return (
      !isNamespace(resource) &&
      resource.namespace !== null &&
      selectorHolds(objectAt(wanted, key), labelsOf(resource.namespace))
    );
  }
  // A manifest is judged as if it were just created.
  if (key === 'operations') return texts.length === 0 || texts.includes('CREATE');
  return true;
}

/** A label selector, with Kyverno's wildcards in `matchLabels`. */
export function selectorHolds(selector: JsonObject, labels: Record<string, string>): boolean {
  for (const [key, value] of Object.entries(objectAt(selector, 'matchLabels'))) {
    const fits = Object.entries(labels).some(
      ([name, own]) => wildcard(key, name) && wildcard(asText(value), own),
    );
    if (!fits) return false;
  }
  for (const expression of listAt(selector, 'matchExpressions')) {
    const own = labels[textAt(expression, 'key') ?? ''];
    const values = listAt(expression, 'values');
    const operator = textAt(expression, 'operator');
    if (operator === 'In' && (own === undefined || !values.includes(own))) return false;
    if (operator === 'NotIn' && own !== undefined && values.includes(own)) return false;
    if (operator === 'Exists' && own === undefined) return false;
    if (operator === 'DoesNotExist' && own !== undefined) return false;
  }
  return true;
}

function isNamespace(resource: Resource): boolean {
  return resource.kind === 'Namespace' && resource.group === '';
}

/** Labels of a Namespace by its name; empty where it is not in the repository. */
export type NamespaceLabels = (namespace: string) => Record<string, string>;
