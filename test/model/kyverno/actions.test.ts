import { expect, it } from 'vitest';
import type { JsonObject } from '../../../plugins/base/index.ts';
import { actionOf, actionWritten } from '../../../plugins/model/kyverno/evaluate/actions.ts';
import { isRefused } from '../../../plugins/model/kyverno/refused.ts';
import type { PolicyResult, Resource } from '../../../plugins/model/types.ts';

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

it('passes over an override of no action, or of a list without namespaces', () => {
  const policy = {
    spec: {
      validationFailureAction: 'Enforce',
      validationFailureActionOverrides: [{ action: 'Block' }, { action: 'Audit', namespaces: [] }],
    },
  };
  expect(actionOf(policy, {}, 'shop', labelsOf)).toBe('Enforce');
});

it('takes the strictest word of a rule about images', () => {
  const rule = { verifyImages: [{ failureAction: 'Audit' }, { failureAction: 'Enforce' }] };
  expect(actionWritten({}, rule)).toBe('Enforce');
  expect(actionWritten({ spec: { validationFailureAction: 'Enforce' } }, { verifyImages: [{}] })).toBe(
    'Enforce',
  );
});

it('audits in a policy that no request is held to', () => {
  const spec = { validationFailureAction: 'Enforce', admission: false };
  expect(actionOf({ spec }, {}, 'shop', labelsOf)).toBe('Audit');
  expect(actionWritten({ spec }, {})).toBe('Audit');
});

const refused = (spec: JsonObject, result: string, action: string, group = 'kyverno.io') =>
  isRefused(
    { group, rendered: { spec } } as unknown as Resource,
    { result, action, rule: 'autogen-one' } as unknown as PolicyResult,
  );

it('keeps out what fails and is enforced, scored or not', () => {
  expect(refused({}, 'fail', 'Enforce')).toBe(true);
  expect(refused({}, 'warn', 'Enforce')).toBe(true);
  expect(refused({}, 'fail', 'Audit')).toBe(false);
  expect(refused({}, 'pass', 'Enforce')).toBe(false);
});

it('keeps out what is in error, in any rule of a policy that enforces in one', () => {
  const rules = [{ name: 'one' }, { name: 'two', validate: { failureAction: 'Enforce' } }];
  expect(refused({ rules }, 'error', 'Audit')).toBe(true);
  expect(refused({ rules: [{ name: 'one' }] }, 'error', 'Audit')).toBe(false);
  expect(refused({ rules, failurePolicy: 'Ignore' }, 'error', 'Enforce')).toBe(false);
  expect(refused({ rules, webhookConfiguration: { failurePolicy: 'Ignore' } }, 'error', 'Audit')).toBe(false);
  expect(refused({ rules, admission: false }, 'error', 'Audit')).toBe(false);
  expect(refused({}, 'error', 'Audit', 'policies.kyverno.io')).toBe(false);
  expect(refused({}, 'error', 'Enforce', 'policies.kyverno.io')).toBe(true);
});

it('keeps out what a mutation cannot be made of, but for one of what is there', () => {
  expect(refused({ rules: [{ name: 'one', mutate: {} }] }, 'error', 'Mutate')).toBe(true);
  expect(refused({ rules: [{ name: 'one', mutate: {} }], failurePolicy: 'Ignore' }, 'error', 'Mutate')).toBe(
    false,
  );
  const existing = [{ name: 'one', mutate: { targets: [{ kind: 'ConfigMap' }] } }];
  expect(refused({ rules: existing }, 'error', 'Mutate')).toBe(false);
  expect(refused({}, 'error', 'Mutate', 'policies.kyverno.io')).toBe(true);
  expect(refused({}, 'error', 'Generate')).toBe(false);
});
