import type { CompiledDrawing, CompiledEdge } from '../../d2/index.ts';
import type { Resource } from '../../model/index.ts';
import type { Platform, UnreadPart } from '../../platform/index.ts';
import type { Place, Unverified } from '../../source/index.ts';
import { unverifiedFrom } from '../../views/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { unbackedEdge } from '../rules/pages/diagram-edge-unbacked.ts';
import type { CheckContext } from '../types.ts';
import { relationsFrom } from './relations.ts';

/**
 * A fault for each edge between two bound shapes that the model knows no relation for. An arrow states its
 * direction, two arrows state both, a plain line states that there is a relation at all. Any type of relation
 * backs an edge: labels are free. Where something unread could change one of its ends, nobody knows.
 */
export function edgeFaults(
  { edges }: CompiledDrawing,
  bound: Map<string, Resource>,
  { platform, query }: Pick<CheckContext, 'platform' | 'query'>,
  placeOf: (edge: CompiledEdge) => Place,
): { diagnostics: Diagnostic[]; unverified: Unverified[] } {
  const faults: Diagnostic[] = [];
  const parts: UnreadPart[] = [];
  for (const edge of edges) {
    const [source, target] = [bound.get(edge.from), bound.get(edge.to)];
    if (!source || !target) continue;
    for (const [from, to] of statedBy(edge, source, target, platform)) {
      const isBacked = relationsFrom(platform.model, from.id, to.id).length > 0;
      const changed = isBacked ? query.reach.unrelating(from, to) : query.reach.relating(from, to);
      parts.push(...changed);
      if (isBacked || changed.length > 0) continue;
      const turned = from === source ? `${edge.to} -> ${edge.from}` : `${edge.from} -> ${edge.to}`;
      faults.push(
        unbackedEdge({ edge, from, to, turned, drawn: [...bound.values()] }, platform, placeOf(edge)),
      );
    }
  }
  return { diagnostics: faults, unverified: unverifiedFrom(parts) };
}

function statedBy(
  edge: CompiledEdge,
  source: Resource,
  target: Resource,
  platform: Platform,
): [Resource, Resource][] {
  switch (edge.arrows) {
    case 'forward':
      return [[source, target]];
    case 'back':
      return [[target, source]];
    case 'both':
      return [
        [source, target],
        [target, source],
      ];
    case 'none':
      return relationsFrom(platform.model, target.id, source.id).length > 0 ? [] : [[source, target]];
  }
}
