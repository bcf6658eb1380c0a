import { addTo, oncePer } from '../../base/index.ts';
import type { CompiledEdge } from '../../d2/index.ts';
import {
  type Model,
  type Relation,
  type RelationTypeInfo,
  type Resource,
  relationTypes,
} from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import { identity } from '../resolve.ts';

/** The relations that back an edge between two resources, in the direction that its arrows state. */
export function relationsBetween(
  platform: Platform,
  edge: CompiledEdge,
  from: Resource,
  to: Resource,
): Relation[] {
  const forward = edge.arrows === 'back' ? [] : relationsFrom(platform.model, from.id, to.id);
  const back = edge.arrows === 'forward' ? [] : relationsFrom(platform.model, to.id, from.id);
  return [...forward, ...back];
}

/** A relation in words: `AppProject/shop permits Namespace/shop`. */
export function tellRelation(platform: Platform, { type, from, to }: Relation): string {
  const verb = relationTypes.find((one) => one.type === type)?.verb ?? type;
  const [one, other] = [from, to].map((id) => {
    const resource = platform.resource(id);
    return resource ? platform.referenceOf(resource) : id;
  });
  return `${one} ${verb} ${other}`;
}

/**
 * At most three other relations of the same source: those to something drawn first, then those to the same
 * kind.
 */
export function nearestRelations(
  from: Resource,
  to: Resource,
  usual: RelationTypeInfo | undefined,
  drawn: Resource[],
  platform: Platform,
): Relation[] {
  const ids = new Set(drawn.map((resource) => resource.id));
  const rank = (relation: Relation) =>
    (platform.resource(relation.to)?.kind === to.kind ? 0 : 2) + (ids.has(relation.to) ? 0 : 1);
  const outgoing = indexOf(platform.model).outgoing.get(from.id) ?? [];
  return (
    outgoing
      // Where the kinds tell which relation is meant, others of the same resource are beside the point.
      .filter(({ type }) => !usual || type === usual.type)
      .map((relation, index) => ({ relation, rank: rank(relation), index }))
      .sort((a, b) => a.rank - b.rank || a.index - b.index)
      .map(({ relation }) => relation)
      .slice(0, 3)
  );
}

/** The relation that usually runs between resources of these two kinds. */
export function usualBetween(from: Resource, to: Resource): RelationTypeInfo | undefined {
  const names = (text: string, kind: string) => text.split(' or ').includes(kind);
  return relationTypes.find((one) => names(one.from, from.kind) && names(one.to, to.kind));
}

/** What is declared from one resource to another, whichever documents they stand in. */
export function relationsFrom(model: Model, from: string, to: string): Relation[] {
  return indexOf(model).pairs.get(`${identity(from)}\0${identity(to)}`) ?? [];
}

const indexOf = oncePer((model: Model): Index => {
  const index: Index = { pairs: new Map(), outgoing: new Map() };
  for (const relation of model.relations) {
    const key = `${identity(relation.from)}\0${identity(relation.to)}`;
    addTo(index.pairs, key, relation);
    const outgoing = index.outgoing.get(relation.from);
    if (outgoing) outgoing.push(relation);
    else index.outgoing.set(relation.from, [relation]);
  }
  return index;
});

interface Index {
  pairs: Map<string, Relation[]>;
  outgoing: Map<string, Relation[]>;
}
