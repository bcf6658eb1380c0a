import { expect, it } from 'vitest';
import { requestVariables } from '../../../plugins/model/kyverno/evaluate/context.ts';
import { attempt, evaluateRule, evaluateWhole } from '../../../plugins/model/kyverno/evaluate/rule-kinds.ts';
import {
  type Environment,
  EvaluationError,
  NotKnown,
  type Subject,
} from '../../../plugins/model/kyverno/evaluate/types.ts';

const subject: Subject = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  namespace: 'shop',
  name: 'web',
  labels: {},
  annotations: {},
  object: {},
  operation: 'CREATE',
};
const environment: Environment = {
  namespaceObject: () => undefined,
  find: () => undefined,
  ofKind: () => [],
};

const variables = requestVariables(subject, {});

it('does not guess what a kind of rule says that nobody evaluates', () => {
  const rule = { name: 'odd', validate: { odd: {} } };
  expect(evaluateRule({ policy: {}, rule, subject, environment, variables })).toEqual({
    status: 'unverified',
    message: 'rules with odd are not evaluated',
  });
  expect(evaluateWhole('example.org/Odd', {}, subject, environment)).toBeUndefined();
});

it('keeps apart what Kyverno could not evaluate and what only a cluster knows', () => {
  const thrown = (error: Error) =>
    attempt(() => {
      throw error;
    })?.status;
  expect(thrown(new NotKnown('who asks'))).toBe('unverified');
  expect(thrown(new EvaluationError('Unknown key "x" in path'))).toBe('error');
  expect(() => thrown(new TypeError('a fault of ours'))).toThrow(TypeError);
});
