import { describe, expect, it } from 'vitest';
import { isObject, objectAt } from '../../plugins/base/json-value.ts';
import { generatedResources } from '../../plugins/model/flux/generated-resources.ts';
import { createIgnore } from '../../plugins/model/flux/source-ignore.ts';
import { parseYaml, toJson } from '../../plugins/source/index.ts';
import { EnvsubstError, substituteVariables } from '../../plugins/template/index.ts';
import { differ, type Operation, runVectors } from './run.ts';

describe('Flux', () => {
  it('substitutes variables as upstream does', () => {
    const substitute: Operation = ({ input, expected }) => {
      const variables = objectAt(input, 'variables');
      try {
        const made = substituteVariables(String(input.text), (name) =>
          Object.hasOwn(variables, name) ? (variables[name] as string | null) : '',
        );
        return differ({ unknown: [], ...expected }, made);
      } catch (error) {
        if (!(error instanceof EnvsubstError)) throw error;
        return differ(expected, { error: error.message });
      }
    };
    expect(runVectors('flux/envsubst.json', { substitute })).toEqual({ failures: [], ran: 62 });
  });
  it('lists what the kustomization of a folder without one holds', () => {
    const generate: Operation = ({ input, expected }) => {
      const files = objectAt(input, 'files') as Record<string, string>;
      const ignores = Object.entries(objectAt(input, 'sourceignore') as Record<string, string>);
      const isIgnored = createIgnore(
        typeof input.ignore === 'string' ? input.ignore : null,
        ignores.map(([path, text]) => ({ path, text })),
      );
      const names = Object.keys(files).filter((name) => !isIgnored(name));
      const made = generatedResources(names, (name) => {
        const text = files[name] ?? '';
        const values = parseYaml(text).map(({ contents }) => toJson(contents).value);
        return { text, values: values.filter(isObject), broken: false };
      });
      return differ(expected, made);
    };
    expect(runVectors('flux/generator.json', { generate })).toEqual({ failures: [], ran: 12 });
  });
});
