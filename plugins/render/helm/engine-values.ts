import { isObject, type JsonValue } from '../../base/index.ts';
import { parseYaml, toJson } from '../../source/index.ts';

/** What an engine wrote, a value a document; undefined where it is no YAML, or not of objects. */
export function valuesOf(text: string): JsonValue[] | undefined {
  const values: JsonValue[] = [];
  for (const document of parseYaml(text)) {
    const { value } = toJson(document.contents);
    if (document.errors.length > 0 || (value !== null && !isObject(value))) return undefined;
    values.push(value);
  }
  return values;
}
