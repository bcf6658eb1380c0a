import type { Platform } from '../../platform/index.ts';
import type { Unverified } from '../../source/index.ts';

/**
 * What a list of applications or stacks could not see: it rests on generators, and is short where one was not expanded.
 * What remote charts hold is told once for the whole run, not with each statement.
 */
export function unexpandedSets({ model }: Platform): Unverified[] {
  return model.applicationSets
    .filter((set) => set.unverified !== null)
    .map((set) => ({
      kind: 'generator',
      what: `generators of ApplicationSet ${set.name}`,
      why: set.unverified ?? '',
      origin: set.origin,
    }));
}
