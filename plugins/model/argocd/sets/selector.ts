/**
 * A label selector over parameters or labels. Source:
 * `applicationset/generators/generator_spec_processor.go`.
 */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../../base/index.ts';
import { flatten } from './generators/go-text.ts';

/** Nested parameters are met by their dotted path, as texts. */
export function isSelected(selector: JsonObject, parameters: JsonObject): boolean {
  const flat = flatten(parameters);
  const parameter = (key: string) => (Object.hasOwn(flat, key) ? flat[key] : undefined);
  for (const [key, value] of Object.entries(objectAt(selector, 'matchLabels')))
    if (parameter(key) !== value) return false;
  for (const expression of listAt(selector, 'matchExpressions')) {
    const value = parameter(textAt(expression, 'key') ?? '');
    const values = listAt(expression, 'values');
    const operator = textAt(expression, 'operator');
    if (operator === 'In' && (value === undefined || !values.includes(value))) return false;
    if (operator === 'NotIn' && value !== undefined && values.includes(value)) return false;
    if (operator === 'Exists' && value === undefined) return false;
    if (operator === 'DoesNotExist' && value !== undefined) return false;
  }
  return true;
}

/** What makes Argo CD refuse a selector, or null. Keys must be label names; values may be anything. */
export function invalidSelector(selector: JsonObject): string | null {
  const expressions = listAt(selector, 'matchExpressions').filter(isObject);
  for (const expression of expressions) {
    const operator = textAt(expression, 'operator') ?? '';
    const values = listAt(expression, 'values').length;
    if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator))
      return `"${operator}" is not a valid pod selector operator`;
    if (operator.endsWith('In') && values === 0) return `\`${operator}\` needs values`;
    if (!operator.endsWith('In') && values > 0) return `\`${operator}\` takes no values`;
  }
  const keys = [
    ...Object.keys(objectAt(selector, 'matchLabels')),
    ...expressions.map((expression) => textAt(expression, 'key') ?? ''),
  ];
  const wrong = keys.find((key) => !isLabelName(key));
  return wrong === undefined ? null : `\`${wrong}\` is no label name`;
}

function isLabelName(key: string): boolean {
  const [name = '', prefix, more] = key.split('/').reverse();
  if (more !== undefined || name.length > 63) return false;
  if (prefix !== undefined && (prefix.length > 253 || !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(prefix)))
    return false;
  return /^[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/.test(name);
}
