/** What narrows a rule beyond its kinds, in words. */
import { asText, isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from '../../base/index.ts';
import { filtersOf } from './match.ts';

export function scopeOf(rule: JsonObject): string[] {
  const words = filtersOf(objectAt(rule, 'match')).flatMap((filter) => narrowing(filter));
  for (const filter of filtersOf(objectAt(rule, 'exclude'))) {
    const excepted = [...kindWords(filter), ...narrowing(filter)];
    if (excepted.length > 0) words.push(`except ${excepted.join(', ')}`);
  }
  const overrides = listAt(rule, 'validate', 'failureActionOverrides').filter(isObject);
  for (const override of overrides) {
    words.push(`${textAt(override, 'action') ?? ''} in ${textsAt(override, 'namespaces').join(', ')}`.trim());
  }
  return [...new Set(words)];
}

function kindWords(filter: JsonObject): string[] {
  return textsAt(filter, 'resources', 'kinds');
}

function narrowing(filter: JsonObject): string[] {
  const resources = objectAt(filter, 'resources');
  const words: string[] = [];
  const names = [
    ...textsAt(resources, 'names'),
    ...(textAt(resources, 'name') ?? '').split(',').filter((name) => name !== ''),
  ];
  if (names.length > 0) words.push(`names: ${names.join(', ')}`);
  const namespaces = textsAt(resources, 'namespaces');
  if (namespaces.length > 0) words.push(`namespaces: ${namespaces.join(', ')}`);
  for (const key of ['selector', 'namespaceSelector']) {
    const said = selectorWords(objectAt(resources, key));
    if (said !== '') words.push(`${key === 'selector' ? 'labels' : 'namespace labels'}: ${said}`);
  }
  const annotations = Object.entries(objectAt(resources, 'annotations')).map(
    ([key, value]) => `${key}=${asText(value)}`,
  );
  if (annotations.length > 0) words.push(`annotations: ${annotations.join(', ')}`);
  const operations = textsAt(resources, 'operations');
  if (operations.length > 0) words.push(`operations: ${operations.join(', ')}`);
  const users = ['roles', 'clusterRoles', 'subjects'].filter((key) => listAt(filter, key).length > 0);
  if (users.length > 0) words.push(`certain ${users.join(', ')}`);
  return words;
}

function selectorWords(selector: JsonObject): string {
  const labels = Object.entries(objectAt(selector, 'matchLabels')).map(
    ([key, value]) => `${key}=${asText(value)}`,
  );
  const expressions = listAt(selector, 'matchExpressions').map((expression) => {
    const values = textsAt(expression, 'values');
    const operator = textAt(expression, 'operator') ?? '';
    return `${textAt(expression, 'key') ?? ''} ${operator}${values.length > 0 ? ` (${values.join(', ')})` : ''}`;
  });
  return [...labels, ...expressions].join(', ');
}
