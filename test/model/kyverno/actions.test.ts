import { expect, it } from 'vitest';
import { actionOf } from '../../../plugins/model/kyverno/evaluate/actions.ts';

const labels: Record<string, Record<string, string>> = { shop: { tier: 'gold' }, lab: {} };
const labelsOf = (namespace: string) => labels[namespace];

it('takes the first override that fits before what is written, the rule before the policy', () => {
  const policy = {
    spec: {
      validationFailureAction: 'enforce',
      validationFailureActionOverrides: [
        { action: 'Audit', namespaces: ['lab-*', 'lab'] },
        { action: 'Audit', namespaceSelector: { matchLabels: { tier: 'gold' } } },
      ],
    },
  };
  const action = (rule: object, namespace: string | null) =>
    actionOf(policy, { validate: { ...rule } }, namespace, labelsOf);
  expect(action({}, 'lab')).toBe('Audit');
  expect(action({}, 'shop')).toBe('Audit');
  expect(action({}, 'prod')).toBe('Enforce');
  expect(action({}, null)).toBe('Enforce');
  expect(action({ failureAction: 'Enforce' }, 'lab')).toBe('Enforce');
  const overrides = [{ action: 'Audit', namespaces: ['prod'] }];
  expect(action({ failureAction: 'Enforce', failureActionOverrides: overrides }, 'prod')).toBe('Audit');
});

it('audits where nothing is written, or what nobody knows', () => {
  expect(actionOf({}, {}, 'shop', labelsOf)).toBe('Audit');
  expect(actionOf({ spec: { validationFailureAction: 'Block' } }, {}, 'shop', labelsOf)).toBe('Audit');
});
