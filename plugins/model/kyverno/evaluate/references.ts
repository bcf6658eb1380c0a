/** `$(./../path)` in a pattern: another value of the same pattern. Source: kyverno `pkg/engine/variables`. */
import { posix } from 'node:path';
import { isObject, type JsonValue } from '../../../base/index.ts';
import { EvaluationError } from './types.ts';

/** The pattern with each of its references replaced by what it leads to. */
export function resolveReferences(pattern: JsonValue): JsonValue {
  const resolve = (value: JsonValue, path: string): JsonValue => {
    if (typeof value === 'string') return filled(value, path, pattern);
    if (Array.isArray(value)) return value.map((one, index) => resolve(one, `${path}/${index}`));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, resolve(inner, `${path}/${bare(key)}`)]),
    );
  };
  return resolve(pattern, '');
}

function filled(text: string, path: string, pattern: JsonValue): JsonValue {
  const [reference] = /^\$\([^ ]+\)/.exec(text) ?? /(?<=[^\\])\$\([^ ]+\)/.exec(text) ?? [];
  if (reference === undefined) return text.replace(/\\(\$\([^ ]+\))/g, '$1');
  const [, operator = '', way = ''] = /^\$\((>=|<=|>|<|!)?(.*)\)$/s.exec(reference) ?? [];
  const value = found(pattern, posix.join('/', way.startsWith('/') ? way : posix.join(path, way)), reference);
  if (text === reference && operator === '') return value;
  if (typeof value === 'object' && value !== null)
    throw new EvaluationError(`${reference} leads to no plain value`);
  return text.replace(reference, () => `${operator}${String(value)}`);
}

function found(pattern: JsonValue, way: string, reference: string): JsonValue {
  let value: JsonValue | undefined = pattern;
  for (const part of way.split('/').filter((one) => one !== '')) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isObject(value)) value = Object.entries(value).find(([key]) => bare(key) === part)?.[1];
    else value = undefined;
    if (value === undefined) throw new EvaluationError(`${reference} leads to nothing in the pattern`);
  }
  return value;
}

function bare(key: string): string {
  return key.trim().replace(/^[+<=X^]?\((.+)\)$/s, '$1');
}
