/** Where a result hangs on what the manifests do not say, so that it is not verified whatever comes out. */
import { at, isObject, type JsonValue } from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { Resource } from '../types.ts';
import type { RuleResult } from './evaluate/types.ts';

/**
 * The result itself, or one that is not verified: of a resource of which a part is not known, of the values
 * of a Secret, of a placeholder that a later step fills in, and of what a
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
  const doubt = (
    policy: Resource,
    resource: Resource,
    result: RuleResult,
    mutation: string | null,
  ): string | null => {
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
    return mutation === null
      ? null
      : `what ${mutation} makes of it before is not known; as it is now: ${result.message}`;
  };
  return (policy, resource, result, mutation) => {
    const why = doubt(policy, resource, result, mutation);
    return why === null ? result : { ...result, status: 'unverified', message: why };
  };
}

/** `${NAME}`, `<path:…>` of a plugin, `{{ … }}` of a template. */
function hasPlaceholder(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return /\$\{\w+\}|<path:|\{\{/.test(value);
  if (Array.isArray(value)) return value.some(hasPlaceholder);
  return isObject(value) && Object.values(value).some(hasPlaceholder);
}
