/**
 * The second child of a matrix, filled with one parameter set of the first. Source:
 * `applicationset/generators/generator_spec_processor.go`.
 */
import { asText, isObject, type JsonObject, objectAt } from '../../../../base/index.ts';
import { renderTemplate, renderText } from '../../../../template/index.ts';
import { textMapPaths } from './combine.ts';
import { type GeneratorScope, notRendered, type Result } from './types.ts';

/**
 * Every text and key is rendered, except the entry's own `selector`. `values` is rendered key by key: what
 * names a parameter that is not there yet stays as it is written, for the generator's own parameters.
 */
export function interpolate(
  entry: JsonObject,
  parameters: JsonObject,
  scope: GeneratorScope,
): Result<JsonObject> {
  const result: JsonObject = {};
  for (const [kind, generator] of Object.entries(entry)) {
    const later = isObject(generator)
      ? settleValues(generator, parameters, scope)
      : { ok: true as const, value: {} };
    if (!later.ok) return { ...later, path: [kind, ...later.path] };
    const rest = isObject(generator) ? without(generator, 'values') : generator;
    if (kind === 'selector' || rest === null) {
      result[kind] = generator;
      continue;
    }
    const rendered = renderTemplate(rest, parameters, {
      ...scope.options,
      stringMaps: textMapPaths(parameters),
    });
    if (!rendered.ok) return notRendered(rendered, [kind], 'failed to replace parameters in generator: ');
    const values = isObject(generator) && generator.values !== undefined ? { values: later.value } : {};
    result[kind] = isObject(rendered.value) ? { ...rendered.value, ...values } : rendered.value;
  }
  return { ok: true, value: result };
}

function settleValues(
  generator: JsonObject,
  parameters: JsonObject,
  scope: GeneratorScope,
): Result<JsonObject> {
  const result: JsonObject = {};
  const options = {
    ...scope.options,
    goTemplateOptions: [...(scope.options.goTemplateOptions ?? []), 'missingkey=error'],
    stringMaps: textMapPaths(parameters),
  };
  for (const [key, value] of Object.entries(objectAt(generator, 'values'))) {
    const text = typeof value === 'string' ? value : asText(value);
    const rendered = renderText(text, parameters, options);
    if (!rendered.ok && rendered.is !== 'missing')
      return notRendered(rendered, ['values', key], `failed to pre-resolve Values key "${key}": `);
    result[key] = rendered.ok ? rendered.value : text;
  }
  return { ok: true, value: result };
}

function without(map: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
}
