/** What an object says of itself, whoever deploys it: once, as most are the same in the next read. */
import { type JsonObject, objectAt, oncePer } from '../base/index.ts';
import { hookOf, waveOf } from './argocd/sync/hooks.ts';
import { unappliedBecause } from './flux/object-switches.ts';
import { type Identity, identityOf, textsOf } from './identity.ts';
import type { Phase, Resource } from './types.ts';

export const saidBy = oncePer((value: JsonObject): Said => {
  const metadata = objectAt(value, 'metadata');
  const annotations = textsOf(metadata.annotations);
  const labels = textsOf(metadata.labels);
  return {
    identity: identityOf(value),
    labels,
    annotations,
    wave: waveOf(annotations),
    phase: hookOf(annotations).phases[0] ?? null,
    isAppliedByFlux: unappliedBecause({ annotations, labels }) === null,
  };
});

interface Said extends Pick<Resource, 'labels' | 'annotations'> {
  identity: Identity;
  /** Null where none is set. */
  wave: number | null;
  /** The first in which Argo CD or Helm applies it. */
  phase: Phase | null;
  isAppliedByFlux: boolean;
}
