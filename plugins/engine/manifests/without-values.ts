import { at, isObject, type JsonObject, type JsonPath, type JsonValue, oncePer } from '../../base/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { loginMark, type SourceFile } from '../../source/index.ts';

/**
 * An object of which no value is known that is secret, so that no cluster takes it for the real one: the keys
 * of each Secret in it stand under `data`, as the API server keeps them, with a value that it refuses, as it
 * is no Base64.
 */
export function withoutValues(value: JsonObject): JsonObject {
  return replaced(value) as JsonObject;
}

function replaced(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(replaced);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, JsonValue] => [key, replaced(inner)]);
  if (value.kind !== 'Secret' || !(isObject(value.data) || isObject(value.stringData)))
    return Object.fromEntries(entries);
  const keys = [...keysOf(value.data), ...keysOf(value.stringData)];
  const data = Object.fromEntries(keys.map((key) => [key, leftOut]));
  const place = entries.findIndex(([key]) => key === 'data' || key === 'stringData');
  const others = entries.map(([key, inner], index): [string, JsonValue][] =>
    index === place ? [['data', data]] : key === 'data' || key === 'stringData' ? [] : [[key, inner]],
  );
  return Object.fromEntries(others.flat());
}

function keysOf(value: JsonValue | undefined): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

/**
 * Fields of other objects that are empty because what is written there is secret: ciphertext, the data of a
 * template, a Secret within a text; and addresses without their login.
 */
export function hiddenFields(resource: Resource, platform: Platform): string[] {
  return hiddenTexts(resource.rendered, [])
    .filter((path) => {
      if (isInSecret(resource.rendered, path)) return false;
      const { file, line, endLine } = platform.locate(resource, path);
      const read = platform.sources.files.get(file);
      const lines = read === undefined ? [] : linesOf(read);
      return lines.slice(line - 1, Math.max(line, endLine)).some((text) => text.includes(bullet));
    })
    .map((path) => path.join('.'));
}

const linesOf = oncePer(({ text }: SourceFile) => text.split('\n'));

function hiddenTexts(value: JsonValue, path: JsonPath): JsonPath[] {
  if (value === '' || (typeof value === 'string' && value.includes(loginMark))) return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => hiddenTexts(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => hiddenTexts(inner, [...path, key]));
}

function isInSecret(value: JsonObject, path: JsonPath): boolean {
  return path.some((_, index) => {
    const holder = at(value, ...path.slice(0, index));
    return isObject(holder) && holder.kind === 'Secret';
  });
}

/** In the place of a value of a Secret: neither a blank nor a bracket is of Base64. */
export const leftOut = '(left out)';
/** What a file has in the place of what is not shown. */
const bullet = '\u2022';
