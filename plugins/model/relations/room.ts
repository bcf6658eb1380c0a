import { compareText } from '../../base/index.ts';
import type { Unverified } from '../../source/index.ts';
import type { Resource } from '../types.ts';

/**
 * Those that have their relations to others made: the ones with the fewest first, until there are more than
 * anybody looks at. Of the rest nothing is known, which is told.
 */
export function withinRoom(
  asked: readonly [Resource, number][],
  verb: string,
  unverified: Unverified[],
  room = mostRelations,
): Set<Resource> {
  const taken = new Set<Resource>();
  let left = room;
  for (const [resource, count] of [...asked].sort(
    ([a, one], [b, other]) => one - other || compareText(a.id, b.id),
  )) {
    if (count <= left) {
      left -= count;
      taken.add(resource);
      continue;
    }
    const { kind, name, origin } = resource;
    const { file, line, column, endLine, endColumn } = origin;
    unverified.push({
      kind: 'partial',
      what: `what ${kind}/${name} ${verb}`,
      why: `it may be ${count} resources, and of the ${room} relations of this kind that are kept, the fewest first, ${left} are left`,
      origin: { file, line, column, endLine, endColumn },
      object: { kind, name },
      fields: ['*'],
    });
  }
  return taken;
}

/** Of one kind: many times what the largest public repositories have. */
const mostRelations = 500_000;
