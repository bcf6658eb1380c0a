import { slugifyName } from '../../plugins/template/safe-names.ts';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, listAt, objectAt } from '../../plugins/base/index.ts';
import { applyTemplatePatch, mergeGeneratorTemplate, normalizeName, type Rendering, renderTemplate, renderText, type TemplateOptions } from '../../plugins/template/index.ts';
import { differ, type Operation, runVectors, type Vector } from './run.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: JsonObject, key: string): string[] => listAt(value, key).map(text);

function optionsOf(input: JsonObject): TemplateOptions {
  return {
    goTemplate: input.goTemplate === true,
    goTemplateOptions: texts(input, 'goTemplateOptions'),
    stringMaps: texts(input, 'stringMaps'),
  };
}

/** A wanted error, by its words; a wanted value, by its JSON. */
function judge<T>({ expected }: Vector, result: Rendering<T>, wanted: unknown): string | null {
  const parts = [
    ...texts(expected, 'errorContains'),
    ...(typeof expected.error === 'string' ? [expected.error] : []),
  ];
  if (parts.length > 0 || expected.error === true || expected.panic === true) {
    if (result.ok) return `expected an error, got ${JSON.stringify(result.value)}`;
    const missing = parts.filter((part) => !result.why.includes(part));
    return missing.length === 0 ? null : `${JSON.stringify(missing)} is not in: ${result.why}`;
  }
  return result.ok ? differ(wanted, result.value) : result.why;
}

const replace: Operation = (vector) =>
  judge(
    vector,
    renderText(text(vector.input.value), objectAt(vector.input, 'params'), optionsOf(vector.input)),
    vector.expected.value,
  );

describe('Argo CD vectors', () => {
  it('templates', () => {
    const operations: Record<string, Operation> = {
      replace,
      renderValue: replace,
      render: (vector) => {
        const { input, expected } = vector;
        const template = objectAt(input, 'template');
        const parameters = objectAt(input, 'params');
        if (Object.keys(parameters).length === 0) return differ(objectAt(expected, 'application'), template);
        const result = renderTemplate(template, parameters, optionsOf(input));
        if (expected.application === undefined) return judge(vector, result, result.ok ? result.value : null);
        // Who adds the finalizer is the set's expansion; here it is what the template says.
        const wanted = structuredClone(objectAt(expected, 'application'));
        if (listAt(template, 'metadata', 'finalizers').length === 0 && isObject(wanted.metadata))
          delete wanted.metadata.finalizers;
        return judge(vector, result, wanted);
      },
      slugify: ({ input, expected }) =>
        differ(
          expected.value,
          slugifyName(text(input.name), Number(input.max), input.smartTruncate === true),
        ),
      normalize: ({ input, expected }) => differ(expected.value, normalizeName(text(input.name))),
      applyTemplatePatch: (vector) =>
        judge(
          vector,
          applyTemplatePatch(objectAt(vector.input, 'application'), text(vector.input.templatePatch)),
          vector.expected.application,
        ),
      mergeGeneratorTemplate: ({ input, expected }) =>
        differ(
          expected.template,
          mergeGeneratorTemplate(objectAt(input, 'generatorTemplate'), objectAt(input, 'template')),
        ),
      interpolate: (vector) =>
        judge(
          vector,
          renderTemplate(
            objectAt(vector.input, 'generator'),
            objectAt(vector.input, 'params'),
            optionsOf(vector.input),
          ),
          vector.expected.generator,
        ),
      appendTemplatedValues: (vector) => {
        const { input } = vector;
        const options = optionsOf(input);
        const values = renderTemplate(objectAt(input, 'values'), objectAt(input, 'params'), options);
        if (!values.ok || !isObject(values.value)) return judge(vector, values, null);
        const flat = Object.fromEntries(
          Object.entries(values.value).map(([key, value]) => [`values.${key}`, value]),
        );
        const added = options.goTemplate ? { values: values.value } : flat;
        return differ(vector.expected.params, { ...objectAt(input, 'params'), ...added });
      },
    };
    const set = 'the expansion of a set, which the room `model` does';
    const aside: Record<string, string> = {
      generateApplications: set,
      validateGenerated: set,
      invalidGenerators: set,
      errorReason: set,
    };
    expect(runVectors('argocd/appset-template.json', operations, aside)).toEqual({ failures: [], ran: 213 });
  });
});
