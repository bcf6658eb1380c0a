/** Where a result hangs on what the manifests do not say, so that it is not verified whatever comes out. */
import { at, isObject, type JsonObject, type JsonValue } from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { BuildContext } from '../context.ts';
import type { Policy, Resource } from '../types.ts';
import type { RuleResult } from './evaluate/types.ts';

/**
 * The result itself, or one that is not verified: of a resource of which a part is not known, of the values
 * of a Secret, of a placeholder that a later step fills in, and of what a mutation may still change.
 */
export function doubtsOf(
  policies: readonly Policy[],
  unverified: readonly Unverified[],
  { lookup }: BuildContext,
): (policy: Resource, resource: Resource, result: RuleResult) => RuleResult {
  const partial = new Set(
    unverified.flatMap((one) => {
      if (one.kind !== 'partial' || !one.origin) return [];
      const { file, line, column } = one.origin;
      return [`${file}:${line}:${column} ${one.object ? `${one.object.kind}/${one.object.name}` : ''}`];
    }),
  );
  const mutations = new Map<string, string>();
  for (const { id, name, rules } of policies) {
    const own = lookup.byId(id);
    for (const { type, matches, name: rule } of rules)
      if (own && type === 'mutate' && !hasTargets(own.rendered, rule))
        for (const match of matches) mutations.set(match, mutations.get(match) ?? name);
  }
  const doubt = (policy: Resource, resource: Resource, result: RuleResult): string | null => {
    if (result.status === 'unverified' || result.status === 'skip') return null;
    const { file, line, column } = resource.origin;
    const place = `${file}:${line}:${column}`;
    if (partial.has(`${place} `) || partial.has(`${place} ${resource.kind}/${resource.name}`))
      return 'a part of the resource is not known';
    if (resource.kind === 'Secret' && /\b(?:data|stringData)\b/.test(JSON.stringify(policy.rendered.spec)))
      return 'values of Secrets are not read';
    if (result.status === 'pass') return null;
    const value = result.path ? at(resource.rendered, ...result.path) : resource.rendered.spec;
    if (hasPlaceholder(value))
      return `it holds a placeholder that is filled in later; as it is: ${result.message}`;
    const mutation = mutations.get(resource.id);
    return mutation === undefined
      ? null
      : `${mutation} changes it before; as it is written: ${result.message}`;
  };
  return (policy, resource, result) => {
    const why = doubt(policy, resource, result);
    return why === null ? result : { ...result, status: 'unverified', message: why };
  };
}

function hasTargets(policy: JsonObject, rule: string): boolean {
  const rules = at(policy, 'spec', 'rules');
  const own = Array.isArray(rules) ? rules.find((one) => isObject(one) && one.name === rule) : undefined;
  return at(own, 'mutate', 'targets') !== undefined;
}

/** `${NAME}`, `<path:…>` of a plugin, `{{ … }}` of a template. */
function hasPlaceholder(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return /\$\{\w+\}|<path:|\{\{/.test(value);
  if (Array.isArray(value)) return value.some(hasPlaceholder);
  return isObject(value) && Object.values(value).some(hasPlaceholder);
}
