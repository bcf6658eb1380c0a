/**
 * `values` of a generator, rendered with each of its parameter sets. Source:
 * `applicationset/generators/value_interpolation.go`.
 */
import { asText, type JsonObject, objectAt } from '../../../../base/index.ts';
import { renderText } from '../../../../template/index.ts';
import { textMap, textMapPaths } from './combine.ts';
import { type Generated, type GeneratorScope, notRendered, type Result } from './types.ts';

/** Each value sees the generator's own parameters, not the other values. */
export function withValues(
  generator: JsonObject,
  own: JsonObject,
  scope: GeneratorScope,
): Result<JsonObject> {
  const rendered: JsonObject = {};
  const options = { ...scope.options, stringMaps: textMapPaths(own) };
  for (const [key, value] of Object.entries(objectAt(generator, 'values'))) {
    const text = renderText(asText(value), own, options);
    if (!text.ok) return notRendered(text, ['values', key]);
    rendered[scope.options.goTemplate ? key : `values.${key}`] = text.value;
  }
  if (Object.keys(rendered).length === 0) return { ok: true, value: own };
  return {
    ok: true,
    value: { ...own, ...(scope.options.goTemplate ? { values: textMap(rendered) } : rendered) },
  };
}

export function eachWithValues(
  generator: JsonObject,
  sets: readonly JsonObject[],
  scope: GeneratorScope,
): Generated {
  const value: JsonObject[] = [];
  for (const set of sets) {
    const result = withValues(generator, set, scope);
    if (!result.ok) return result;
    value.push(result.value);
  }
  return { ok: true, value };
}
