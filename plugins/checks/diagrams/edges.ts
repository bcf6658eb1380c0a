import type { CompiledDrawing, CompiledEdge } from '../../d2/index.ts';
import {
  type Model,
  type Relation,
  type RelationTypeInfo,
  type Resource,
  relationTypes,
} from '../../model/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { DiagnosticSource, Place } from '../../source/index.ts';
import { diagnose } from '../diagnose.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { identity } from '../resolve.ts';
import { diagramEdgeUnbacked } from '../rules/pages/diagram-edge-unbacked.ts';
import { sourceOf } from '../subjects.ts';

/**
 * A fault for each edge between two bound shapes that the model knows no relation for. An arrow states its direction, two
 * arrows state both, a plain line states that there is a relation at all. Any type of relation backs an edge: labels are free.
 */
export function edgeFaults(
  { edges }: CompiledDrawing,
  bound: Map<string, Resource>,
  platform: Platform,
  placeOf: (edge: CompiledEdge) => Place,
): Diagnostic[] {
  const faults: Diagnostic[] = [];
  for (const edge of edges) {
    const [source, target] = [bound.get(edge.from), bound.get(edge.to)];
    if (!source || !target) continue;
    for (const [from, to] of statedBy(edge, source, target, platform)) {
      if (find(platform.model, from.id, to.id).length > 0) continue;
      const turned = from === source ? `${edge.to} -> ${edge.from}` : `${edge.from} -> ${edge.to}`;
      faults.push(unbacked({ edge, from, to, turned, drawn: [...bound.values()] }, platform, placeOf(edge)));
    }
  }
  return faults;
}

/** The relations that back an edge between two resources, in the direction that its arrows state. */
export function relationsBetween(
  platform: Platform,
  edge: CompiledEdge,
  from: Resource,
  to: Resource,
): Relation[] {
  const forward = edge.arrows === 'back' ? [] : find(platform.model, from.id, to.id);
  const back = edge.arrows === 'forward' ? [] : find(platform.model, to.id, from.id);
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
      return find(platform.model, target.id, source.id).length > 0 ? [] : [[source, target]];
  }
}

function unbacked({ edge, from, to, turned, drawn }: Unbacked, platform: Platform, page: Place): Diagnostic {
  const [a, b] = [platform.referenceOf(from), platform.referenceOf(to)];
  const [reverse] = find(platform.model, to.id, from.id);
  const usual = usualBetween(from, to);
  const told = (relation: Relation) => tellRelation(platform, relation);
  const others = nearestRelations(from, to, usual, drawn, platform);
  const known = reverse ? [reverse] : others;
  const nothing = usual ? `${a} ${usual.verb} nothing of this repository` : `no relation starts at ${a}`;
  const label = edge.label.replaceAll(/\s+/g, ' ').trim();
  const wrong = reverse
    ? `this edge runs against its relation, \`${told(reverse)}\``
    : 'no manifest backs this edge';
  const round = edge.arrows === 'both' ? 'draw the edge one way' : 'turn the edge round';
  return diagnose(diagramEdgeUnbacked, {
    about: `${a}|${b}`,
    page,
    message: `${wrong}: \`${a}\` → \`${b}\`${label === '' ? '' : ` ("${label}")`}`,
    sources: [
      ...(usual?.declaredAt && !reverse
        ? [sourceOf(platform, from, `what ${a} ${usual.verb}`, usual.declaredAt)]
        : []),
      ...known.map((relation) => declarationOf(relation, platform)),
      ...(known.length === 0 && !usual?.declaredAt
        ? [sourceOf(platform, from, 'edge from'), sourceOf(platform, to, 'edge to')]
        : []),
    ],
    expected: usual ? `${a} ${usual.verb} ${b}` : `a relation from ${a} to ${b}`,
    actual: known.length > 0 ? known.map(told).join('; ') : nothing,
    candidates: reverse ? [turned] : others.map(told),
    help: reverse
      ? `${round}: \`${turned}\``
      : 'draw what the manifests say, or opt the fence out with edges="unchecked: reason"',
  });
}

function declarationOf(relation: Relation, platform: Platform): DiagnosticSource {
  const from = platform.resource(relation.from);
  const role = tellRelation(platform, relation);
  return {
    ...relation.origin,
    resource: from ? platform.referenceOf(from) : null,
    path: null,
    role,
    via: [],
  };
}

/** At most three other relations of the same source: those to something drawn first, then those to the same kind. */
function nearestRelations(
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
function usualBetween(from: Resource, to: Resource): RelationTypeInfo | undefined {
  const names = (text: string, kind: string) => text.split(' or ').includes(kind);
  return relationTypes.find((one) => names(one.from, from.kind) && names(one.to, to.kind));
}

function find(model: Model, from: string, to: string): Relation[] {
  return indexOf(model).pairs.get(`${identity(from)}\0${identity(to)}`) ?? [];
}

function indexOf(model: Model): Index {
  const known = indexes.get(model);
  if (known) return known;
  const index: Index = { pairs: new Map(), outgoing: new Map() };
  for (const relation of model.relations) {
    const key = `${identity(relation.from)}\0${identity(relation.to)}`;
    index.pairs.set(key, [...(index.pairs.get(key) ?? []), relation]);
    const outgoing = index.outgoing.get(relation.from);
    if (outgoing) outgoing.push(relation);
    else index.outgoing.set(relation.from, [relation]);
  }
  indexes.set(model, index);
  return index;
}

const indexes = new WeakMap<Model, Index>();

interface Unbacked {
  edge: CompiledEdge;
  /** What the edge states a relation from and to; `edge.from` and `edge.to` for an arrow drawn forward. */
  from: Resource;
  to: Resource;
  /** The edge as it would be drawn the other way. */
  turned: string;
  /** What else is bound on the board. */
  drawn: Resource[];
}

interface Index {
  pairs: Map<string, Relation[]>;
  outgoing: Map<string, Relation[]>;
}
