import { firstOf, inCode } from '../../base/index.ts';
import { diagnose } from '../diagnose.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { identity } from '../resolve.ts';
import { emptyFault } from '../rules/pages/claim-empty.ts';
import { diagramIncomplete } from '../rules/pages/diagram-incomplete.ts';
import { queryFault } from '../rules/pages/query-invalid.ts';
import { shownSources, sourceOf } from '../subjects.ts';
import type { CheckContext, FenceStatement } from '../types.ts';
import type { BoundDrawing } from './bound-shapes.ts';
import { placeOf } from './fence-place.ts';

/** With `covers` every selected resource must be bound, on whichever board; with `exact` nothing else may be. */
export function coverFaults(
  statement: FenceStatement,
  boards: BoundDrawing[],
  { platform, query }: CheckContext,
): Diagnostic[] {
  const { covers, exact } = statement.attributes;
  if (!covers) return [];
  const selected = query.select(covers.value);
  if (!selected.ok) return [queryFault(covers, 'covers', selected.error)];
  const wanted = selected.value.flatMap((subject) => subject.resource ?? []);
  if (wanted.length === 0)
    return [
      emptyFault(platform, query, covers, 'resource', {
        about: 'covers',
        what: 'the diagram covers nothing: `covers`',
      }),
    ];
  const faults: Diagnostic[] = [];
  const drawnIds = new Set(
    boards.flatMap(({ bound }) => [...bound.values()].map((resource) => identity(resource.id))),
  );
  const missing = wanted.filter((resource) => !drawnIds.has(identity(resource.id)));
  if (missing.length > 0) {
    const names = missing.map((resource) => inCode(platform.referenceOf(resource)));
    faults.push(
      diagnose(diagramIncomplete, {
        about: `covers|${covers.value}`,
        page: covers.place,
        message: `the diagram leaves out ${missing.length} of the ${wanted.length} it covers: ${firstOf(names, shownSources)}`,
        sources: missing
          .slice(0, shownSources)
          .map((resource) => sourceOf(platform, resource, 'missing', ['metadata', 'name'])),
        expected: `all ${wanted.length} where ${covers.value}`,
        actual: `${wanted.length - missing.length} bound`,
        help: `add a shape with { link: "gitops:${missing[0] ? platform.referenceOf(missing[0]) : ''}" }`,
      }),
    );
  }
  if (exact) {
    const wantedIds = new Set(wanted.map((resource) => identity(resource.id)));
    for (const { shape, bound } of boards.flatMap(({ shapes, bound }) =>
      shapes.map((shape) => ({ shape, bound })),
    )) {
      const resource = bound.get(shape.id);
      if (!resource || wantedIds.has(identity(resource.id))) continue;
      faults.push(
        diagnose(diagramIncomplete, {
          about: `exact|${covers.value}|${resource.id}`,
          page: placeOf(statement, [shape.linkRange, ...shape.ranges]),
          message: `\`exact\`: \`${platform.referenceOf(resource)}\` is drawn and \`covers\` does not select it`,
          sources: [sourceOf(platform, resource, 'declared here', ['metadata', 'name'])],
          help: 'widen `covers`, drop `exact`, or drop the shape',
        }),
      );
    }
  }
  return faults;
}
