/** Kyverno's own cases for `validate.podSecurity`: what each control finds, and what exclusions exempt. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../plugins/base/index.ts';
import { requestVariables } from '../../plugins/model/kyverno/evaluate/context.ts';
import { evaluateRule } from '../../plugins/model/kyverno/evaluate/rule-kinds.ts';
import { subjectOf } from '../../plugins/model/kyverno/evaluate/subject.ts';

interface Case {
  id: string;
  rule: JsonObject;
  pod: JsonObject;
  expected: boolean;
}

test('validate.podSecurity of kyverno/pod-security-vectors.json', () => {
  const file = join(import.meta.dirname, 'kyverno/pod-security-vectors.json');
  const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];
  const failures = cases.filter(({ rule, pod, expected }) => {
    const subject = subjectOf({ apiVersion: 'v1', ...pod }, 'default');
    const verdict = evaluateRule({
      policy: {},
      rule: { validate: { podSecurity: rule } },
      subject,
      variables: requestVariables(subject, {}),
      environment: { namespaceObject: () => undefined, find: () => undefined, ofKind: () => [] },
    });
    return verdict?.status !== (expected ? 'pass' : 'fail');
  });
  console.log(`kyverno pod security: ${cases.length} ran, ${cases.length - failures.length} passed`);
  expect(cases).toHaveLength(252);
  expect(failures.map(({ id }) => id)).toEqual([]);
});
