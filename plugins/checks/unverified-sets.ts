import type { Platform } from '../platform/index.ts';
import type { SubjectKind } from '../query/index.ts';
import type { Unverified } from '../source/index.ts';

/**
 * What a selection over a kind of subject could not see. Applications and stacks rest on generators: where one was not expanded,
 * the list may be short. What remote charts hold is told once for the whole run, not with each statement.
 */
export function unverifiedOf(platform: Platform, kind: SubjectKind): Unverified[] {
  if (kind !== 'application' && kind !== 'stack') return [];
  return platform.model.applicationSets
    .filter((set) => set.unverified !== null)
    .map((set) => ({
      kind: 'generator',
      what: `generators of ApplicationSet ${set.name}`,
      why: set.unverified ?? '',
      origin: set.origin,
    }));
}
