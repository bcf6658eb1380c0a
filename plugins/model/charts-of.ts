/** What the deployers of a platform ask of Helm, by the resource that each is. */
import type { HelmRequest } from '../render/index.ts';
import type { Discovery } from './deployers/discover.ts';
import { identityOf } from './identity.ts';
import type { Resource } from './types.ts';

export function chartsOf({ deployers }: Discovery): (deployer: Resource) => readonly HelmRequest[] {
  const known = new Map<string, HelmRequest[]>();
  for (const { object, deployment } of deployers)
    if (deployment.charts.length > 0)
      known.set(keyOf(object.origin, identityOf(object.value)), deployment.charts);
  return (deployer) => known.get(keyOf(deployer.origin, deployer)) ?? [];
}

/** All that a set generates has the origin of its template, under names of its own. */
function keyOf(
  { file, document }: Resource['origin'],
  { kind, name }: { kind: string; name: string },
): string {
  return `${file}#${document}|${kind}|${name}`;
}
