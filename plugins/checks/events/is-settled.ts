import { at } from '../../base/index.ts';
import type { Refusal, Resource } from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';

/**
 * True where what is refused is what the cluster would get: no placeholder stands there, and the object is no
 * base that something else is built of and deployed from.
 */
export function isSettled(resource: Resource, refusal: Refusal, { model }: Platform): boolean {
  const value = at(resource.rendered, ...refusal.path);
  if (typeof value === 'string' && /\$[{(]|\{\{|^<.*>$|%\w+%|__\w+__/.test(value)) return false;
  return (
    resource.deployer !== null ||
    !model.resources.some(
      ({ deployer, group, kind, name }) =>
        deployer !== null && group === resource.group && kind === resource.kind && name === resource.name,
    )
  );
}
