/** The list generator. Source: `applicationset/generators/list.go`. */
import { isObject, type JsonObject, type JsonValue, listAt, textAt } from '../../../../base/index.ts';
import { type Generated, type GeneratorScope, type Result, refused } from './types.ts';
import { readYamlValues } from './yaml-values.ts';

/**
 * Elements as they are with Go templates, else texts alone; `elementsYaml` is appended without either rule.
 */
export function fromList(generator: JsonObject, scope: GeneratorScope): Generated {
  const sets: JsonObject[] = [];
  for (const [index, element] of listAt(generator, 'elements').entries()) {
    const set = scope.options.goTemplate ? asMapping(element) : asTexts(element);
    if (!set.ok) return { ...set, path: ['elements', index, ...set.path] };
    sets.push(set.value);
  }
  const yaml = textAt(generator, 'elementsYaml');
  if (yaml === undefined || yaml === '') return { ok: true, value: sets };
  const read = readYamlValues(yaml);
  const list = read.ok ? read.value : undefined;
  const prefix = 'error unmarshling decoded ElementsYaml';
  if (!read.ok) return refused(`${prefix}: ${read.why}`, ['elementsYaml']);
  if (list === null) return { ok: true, value: sets };
  if (!Array.isArray(list) || !list.every((item) => item === null || isObject(item)))
    return refused(`${prefix}: it is no list of mappings`, ['elementsYaml']);
  return { ok: true, value: [...sets, ...list.map((item) => (isObject(item) ? item : {}))] };
}

function asMapping(element: JsonValue): Result<JsonObject> {
  return isObject(element) ? { ok: true, value: element } : refused('an element of the list is no mapping');
}

function asTexts(element: JsonValue): Result<JsonObject> {
  if (!isObject(element)) return asMapping(element);
  const flat: JsonObject = {};
  for (const [key, value] of Object.entries(element)) {
    if (key !== 'values') {
      if (typeof value !== 'string') return noText(key, [key]);
      flat[key] = value;
      continue;
    }
    if (!isObject(value)) return refused('error parsing values map: `values` is no mapping', [key]);
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'string') return noText(`values.${name}`, [key, name]);
      flat[`values.${name}`] = inner;
    }
  }
  return { ok: true, value: flat };
}

function noText(key: string, path: string[]): Result<JsonObject> {
  return refused(`\`${key}\` of a list element is no text, which a set without goTemplate refuses`, path);
}
