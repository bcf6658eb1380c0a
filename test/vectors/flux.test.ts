import { describe, expect, it } from 'vitest';
import { objectAt } from '../../plugins/base/json-value.ts';
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
});
