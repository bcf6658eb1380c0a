/**
 * `templatePatch` and generator-level templates. Sources: `applicationset/controllers/template` and mergo's
 * rules for structs.
 */
import { isObject, type JsonObject, type JsonValue } from '../base/index.ts';
import { tooMuch, UnknownValueError } from './go/errors.ts';
import type { Rendering } from './render-template.ts';
import { readYaml } from './yaml-read.ts';

/**
 * A rendered `templatePatch` applied: JSON where it begins with `{`, else YAML. Null deletes, lists are
 * replaced, finalizers united; `spec.project` stays what it was.
 */
export function applyTemplatePatch(application: JsonObject, patch: string): Rendering<JsonObject> {
  let value: JsonValue;
  let result: JsonObject;
  try {
    value = patch.trimStart().startsWith('{') ? (JSON.parse(patch) as JsonValue) : readYaml(patch);
    if (value === null) return { ok: true, value: application };
    if (!isObject(value)) return { ok: false, why: "the template's patch is no mapping", is: 'refused' };
    result = merge(application, value, []);
  } catch (error) {
    if (error instanceof UnknownValueError) return { ok: false, why: error.message, is: 'unknown' };
    return {
      ok: false,
      why: `the template's patch cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      is: 'refused',
    };
  }
  const project = isObject(application.spec) ? application.spec.project : undefined;
  if (project === undefined && !isObject(result.spec)) return { ok: true, value: result };
  const { project: _patched, ...spec } = isObject(result.spec) ? result.spec : {};
  return { ok: true, value: { ...result, spec: project === undefined ? spec : { ...spec, project } } };
}

function merge(target: JsonObject, patch: JsonObject, path: string[]): JsonObject {
  if (path.length > maximumDepth) throw tooMuch('has a patch that is nested too deeply');
  const directive = patch.$patch;
  if (directive === 'delete') return {};
  const result = new Map(Object.entries(directive === 'replace' ? {} : target));
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch' || key.startsWith('$retainKeys')) continue;
    const deleted = /^\$deleteFromPrimitiveList\/(.+)$/.exec(key)?.[1];
    const own = result.get(deleted ?? key);
    const here = [...path, key];
    if (deleted !== undefined) {
      if (Array.isArray(own) && Array.isArray(value))
        result.set(
          deleted,
          own.filter((item) => !value.includes(item)),
        );
    } else if (value === null) result.delete(key);
    else if (isObject(value)) result.set(key, merge(isObject(own) ? own : {}, value, here));
    else if (Array.isArray(value) && Array.isArray(own) && here.join('.') === 'metadata.finalizers')
      result.set(key, [...own, ...value.filter((item) => !own.includes(item))]);
    else result.set(key, value);
  }
  return Object.fromEntries(result);
}

/**
 * A generator's `template` over the set's: what is not empty wins field by field, maps unite, lists and
 * `valuesObject` are taken whole.
 */
export function mergeGeneratorTemplate(generator: JsonObject, template: JsonObject): JsonObject {
  const result = new Map(Object.entries(template));
  for (const [key, value] of Object.entries(generator)) {
    const own = result.get(key);
    if (isObject(value) && isObject(own) && key !== 'valuesObject')
      result.set(key, mergeGeneratorTemplate(value, own));
    else if (!isEmpty(value) || own === undefined) result.set(key, value);
  }
  return Object.fromEntries(result);
}

function isEmpty(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) ? Object.keys(value).length === 0 : !value;
}

const maximumDepth = 200;
