/** Cells that Kustomizations and HelmReleases have in common. */
import type { HelmRelease, Kustomization } from '../model/index.ts';
import { list, reference, text } from './cells.ts';
import type { Cell } from './types.ts';

type Deployer = Kustomization | HelmRelease;

export function sourceCell({ sourceRef, source }: Deployer): Cell {
  return reference(sourceRef, source);
}

/** In bad words what no manifest declares. */
export function dependencyCells({ namespace, dependsOn }: Deployer): Cell {
  return list(
    dependsOn.map((one): Cell => {
      const label = one.namespace === namespace ? one.name : `${one.namespace ?? ''}/${one.name}`;
      return one.id === null ? { text: label, tone: 'warn' } : reference(label, one.id);
    }),
  );
}

/** What was left out makes the number a lower bound. */
export function countCell({ order, unverified }: Deployer): Cell {
  const count = new Set(order.flat()).size;
  return unverified.some(({ kind }) => kind !== 'partial')
    ? { text: `${count}+`, tone: 'warn' }
    : text(count);
}
