import type { Resource } from '../../model/index.ts';
import type { Unverified } from '../../source/index.ts';
import { unverifiedFrom } from '../../views/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { identity } from '../resolve.ts';
import { emptyFault } from '../rules/pages/claim-empty.ts';
import { drawnBesides, leftOut } from '../rules/pages/diagram-incomplete.ts';
import { queryFault } from '../rules/pages/query-invalid.ts';
import type { CheckContext } from '../types.ts';
import { behindError } from '../unread.ts';
import type { BoundDrawing } from './bound-shapes.ts';
import { placeOf } from './fence-place.ts';
import type { FenceStatement } from './types.ts';

/**
 * With `covers` every selected resource must be bound, on whichever board; with `exact` nothing else may be.
 */
export function coverFaults(
  statement: FenceStatement,
  boards: BoundDrawing[],
  { platform, query }: CheckContext,
): { diagnostics: Diagnostic[]; unverified: Unverified[] } {
  const { covers, exact } = statement.attributes;
  if (!covers) return { diagnostics: [], unverified: [] };
  const selected = query.select(covers.value);
  const unread = selected.ok
    ? [
        ...query.reach.joining('resource', { tests: [covers.value] }),
        ...query.reach.altering('resource', [covers.value]),
      ]
    : behindError(query.reach, 'resource', covers.value, selected.error);
  const unverified = unverifiedFrom(unread);
  if (!selected.ok)
    return {
      diagnostics: unread.length > 0 ? [] : [queryFault(covers, 'covers', selected.error)],
      unverified,
    };
  const wanted = selected.value.flatMap((subject) => subject.resource ?? []);
  if (wanted.length === 0) {
    const about = { about: 'covers', what: 'the diagram covers nothing: `covers`' };
    const empty = unread.length > 0 ? [] : [emptyFault(platform, query, covers, 'resource', about)];
    return { diagnostics: empty, unverified };
  }
  const faults: Diagnostic[] = [];
  const drawnIds = new Set(
    boards.flatMap(({ bound }) => [...bound.values()].map((resource) => identity(resource.id))),
  );
  // Of what may be selected or not nobody knows whether it has to be drawn.
  const isOpen = (resource: Resource) =>
    query.reach.touching({ kind: 'resource', record: resource, resource }, [covers.value]).length > 0;
  const missing = wanted.filter((resource) => !drawnIds.has(identity(resource.id)) && !isOpen(resource));
  if (missing.length > 0) {
    faults.push(leftOut(covers, wanted, missing, platform));
  }
  if (exact) {
    const wantedIds = new Set(wanted.map((resource) => identity(resource.id)));
    for (const { shape, bound } of boards.flatMap(({ shapes, bound }) =>
      shapes.map((shape) => ({ shape, bound })),
    )) {
      const resource = bound.get(shape.id);
      if (!resource || wantedIds.has(identity(resource.id)) || isOpen(resource)) continue;
      faults.push(
        drawnBesides(covers, resource, placeOf(statement, [shape.linkRange, ...shape.ranges]), platform),
      );
    }
  }
  return { diagnostics: faults, unverified };
}
