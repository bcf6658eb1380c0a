/**
 * `validate.podSecurity` of a Kyverno rule. Source: `pkg/engine/handlers/validation/validate_pss.go` of
 * kyverno.
 */
import { isObject, type JsonObject, listAt, objectAt, textAt } from '../../../base/index.ts';
import { parseVersion, type Violation, violationWords } from '../../pod-security/evaluate-pod.ts';
import { podView, templatePath } from '../../pod-security/pod-view.ts';
import { controlExceptionsOf } from './exceptions.ts';
import { exempted, kyvernoViolations } from './pod-security-exclusions.ts';
import { EvaluationError, type RuleKind } from './types.ts';

export const podSecurityRule: RuleKind = (scope) => {
  const { rule, subject } = scope;
  if (subject.operation === 'DELETE') return null;
  const security = objectAt(rule, 'validate', 'podSecurity');
  const level = textAt(security, 'level') === 'restricted' ? 'restricted' : 'baseline';
  const version = parseVersion(textAt(security, 'version'));
  if (version === null)
    throw new EvaluationError(`failed to parse pod security api version: ${textAt(security, 'version')}`);
  const path = templatePath(subject.kind);
  if (path === null) throw new EvaluationError('could not find correct resource type');
  const template = objectAt(subject.object, ...path);
  // Of a CronJob Kyverno takes the annotations of its Jobs, not of their Pods.
  const metadata = objectAt(
    subject.object,
    ...(subject.kind === 'CronJob' ? path.slice(0, 2) : path),
    'metadata',
  );
  const pod = podView(metadata, objectAt(template, 'spec'));
  const found = kyvernoViolations(pod, level, version);
  const excludes = listAt(security, 'exclude').filter(isObject);
  const without = (rest: Violation[], exclude: JsonObject) => exempted(rest, exclude, pod, level, version);
  const ofRule = excludes.reduce(without, found);
  if (ofRule.length === 0) return { status: 'pass', message: '' };
  const exceptions = controlExceptionsOf(scope);
  const left = exceptions.flatMap(({ controls }) => controls).reduce(without, ofRule);
  if (left.length === 0) {
    const names = exceptions.map(({ name }) => name).join(', ');
    return { status: 'skip', message: `rule is skipped due to policy exception ${names}` };
  }
  const named = textAt(security, 'version') ?? 'latest';
  const message = `it violates PodSecurity "${level}:${named}": ${left.map((one) => violationWords(one, path)).join('; ')}`;
  return { status: 'fail', message };
};
