/** A generator's `selector` over its parameters. Source: `applicationset/generators/generator_spec_processor.go`. */
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from '../../source/index.ts';

export function isSelected(selector: JsonObject, parameters: JsonObject): boolean {
  const flat = flatten(parameters);
  for (const [key, value] of Object.entries(objectAt(selector, 'matchLabels')))
    if (flat.get(key) !== value) return false;
  for (const expression of listAt(selector, 'matchExpressions')) {
    const value = flat.get(textAt(expression, 'key') ?? '');
    const values = listAt(expression, 'values');
    const operator = textAt(expression, 'operator');
    if (operator === 'In' && (value === undefined || !values.includes(value))) return false;
    if (operator === 'NotIn' && value !== undefined && values.includes(value)) return false;
    if (operator === 'Exists' && value === undefined) return false;
    if (operator === 'DoesNotExist' && value !== undefined) return false;
  }
  return true;
}

/** Dots between keys, indexes as keys; empty maps and lists vanish. */
function flatten(value: JsonValue, prefix = '', into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) flatten(item, join(prefix, String(index)), into);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) flatten(item, join(prefix, key), into);
  else into.set(prefix, value === null ? '<nil>' : String(value));
  return into;
}

function join(prefix: string, key: string): string {
  return prefix === '' ? key : `${prefix}.${key}`;
}
