/** What the deployers of a platform ask of Helm, by the resource that each is. */
import type { HelmRequest } from '../render/index.ts';
import type { Discovery } from './deployers/discover.ts';
import { identityOf } from './identity.ts';
import type { Resource } from './types.ts';

export function chartsOf(discovery: Discovery): AskedCharts {
  return findCharts(listCharts(discovery));
}

/** Those of each deployer under its name, as JSON. */
export function listCharts({ deployers }: Discovery): ListedCharts {
  const known = new Map<string, HelmRequest[]>();
  for (const { object, deployment } of deployers)
    if (deployment.charts.length > 0)
      known.set(keyOf(object.origin, identityOf(object.value)), deployment.charts);
  return [...known];
}

export function findCharts(listed: ListedCharts): AskedCharts {
  const known = new Map(listed);
  return (deployer) => known.get(keyOf(deployer.origin, deployer)) ?? [];
}

/** All that a set generates has the origin of its template, under names of its own. */
function keyOf(
  { file, document }: Resource['origin'],
  { kind, name }: { kind: string; name: string },
): string {
  return `${file}#${document}|${kind}|${name}`;
}

type AskedCharts = (deployer: Resource) => readonly HelmRequest[];
export type ListedCharts = readonly (readonly [string, readonly HelmRequest[]])[];
