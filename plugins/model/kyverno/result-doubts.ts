/** Where a result hangs on what the manifests do not say, so that it is not verified whatever comes out. */
import { at, isObject, type JsonValue, listAt, textAt } from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { Resource } from '../types.ts';
import type { RuleResult } from './evaluate/types.ts';

/**
 * The result itself, or one that is not verified: of a resource of which a part is not known, of the values
 * of a Secret, of a placeholder that a later step fills in, in the resource or in the rule, and of what a
 * mutation that is not known changes before. @param mutation the name of its policy.
 */
export function doubtsOf(
  unverified: readonly Unverified[],
): (policy: Resource, resource: Resource, result: RuleResult, mutation: string | null) => RuleResult {
  const partial = new Set(
    unverified.flatMap((one) => {
      if (one.kind !== 'partial' || !one.origin) return [];
      const { file, line, column } = one.origin;
      return [`${file}:${line}:${column} ${one.object ? `${one.object.kind}/${one.object.name}` : ''}`];
    }),
  );
  const isPartial = ({ kind, name, origin: { file, line, column } }: Resource): boolean => {
    const place = `${file}:${line}:${column}`;
    return partial.has(`${place} `) || partial.has(`${place} ${kind}/${name}`);
  };
  const doubt = (
    policy: Resource,
    resource: Resource,
    result: RuleResult,
    mutation: string | null,
  ): string | null => {
    if (result.status === 'unverified' || result.status === 'skip') return null;
    if (isPartial(resource)) return 'a part of the resource is not known';
    if (resource.kind === 'Secret' && /\b(?:data|stringData)\b/.test(JSON.stringify(policy.rendered.spec)))
      return 'values of Secrets are not read';
    const isOpen = holds(askedBy(policy, result.rule), filledIn);
    if (isOpen && (isPartial(policy) || result.status !== 'pass'))
      return `the rule holds a placeholder that is filled in later; as it is: ${result.message}`;
    if (result.status === 'pass') return null;
    const value = result.path ? at(resource.rendered, ...result.path) : resource.rendered.spec;
    if (holds(value, placeholder))
      return `it holds a placeholder that is filled in later; as it is: ${result.message}`;
    return mutation === null
      ? null
      : `what ${mutation} makes of it before is not known; as it is now: ${result.message}`;
  };
  return (policy, resource, result, mutation) => {
    const why = doubt(policy, resource, result, mutation);
    return why === null ? result : { ...result, status: 'unverified', message: why };
  };
}

/** What a rule asks; all that the policy does where its rules have no names. */
function askedBy({ rendered }: Resource, rule: string): JsonValue | undefined {
  const rules = listAt(rendered, 'spec', 'rules');
  const called = (name: string) => rules.find((one) => textAt(one, 'name') === name);
  const own = called(rule) ?? called(rule.replace(/^autogen-(?:cronjob-)?/, '')) ?? rendered.spec;
  if (!isObject(own) || !isObject(own.validate)) return own;
  // What it says of a failure is no part of it.
  return { ...own, validate: { ...own.validate, message: '' } };
}

/** `${NAME}`, `<path:…>` of a plugin. */
const filledIn = /\$\{[A-Za-z_]\w*|<path:/;

/** Those, and `{{ … }}` of a template, which in a rule is an expression. */
const placeholder = /\$\{\w+\}|<path:|\{\{/;

/** Whether a text in it is such. */
function holds(value: JsonValue | undefined, pattern: RegExp): boolean {
  if (typeof value === 'string') return pattern.test(value);
  if (Array.isArray(value)) return value.some((one) => holds(one, pattern));
  return isObject(value) && Object.values(value).some((one) => holds(one, pattern));
}
