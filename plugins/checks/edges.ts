import type { Compiled, CompiledEdge } from '../d2/index.ts';
import {
  type Model,
  type Platform,
  type Relation,
  type RelationTypeInfo,
  type Resource,
  referenceOf,
  relationTypes,
} from '../model/index.ts';
import type { Diagnostic, DiagnosticSource, Place } from '../source/index.ts';
import { diagnose } from './diagnose.ts';
import { identity } from './resolve.ts';
import { sourceOf } from './subjects.ts';

/**
 * A fault for each edge between two bound shapes that the model knows no relation for. An arrow states its direction, two
 * arrows state both, a plain line states that there is a relation at all. Any type of relation backs an edge: labels are free.
 */
export function edgeFaults(
  compiled: Extract<Compiled, { ok: true }>,
  bound: Map<string, Resource>,
  platform: Platform,
  placeOf: (edge: CompiledEdge) => Place,
): Diagnostic[] {
  const faults: Diagnostic[] = [];
  for (const edge of compiled.edges) {
    const [source, target] = [bound.get(edge.from), bound.get(edge.to)];
    if (!source || !target) continue;
    for (const [from, to] of statedBy(edge, source, target, platform)) {
      if (find(platform.model, from.id, to.id).length > 0) continue;
      faults.push(unbacked(edge, from, to, platform, placeOf(edge), [...bound.values()]));
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

function unbacked(
  edge: CompiledEdge,
  from: Resource,
  to: Resource,
  platform: Platform,
  page: Place,
  drawn: Resource[],
): Diagnostic {
  const [a, b] = [referenceOf(from), referenceOf(to)];
  const { outgoing } = indexOf(platform.model);
  const reverse = find(platform.model, to.id, from.id);
  const usual = usualBetween(from, to);
  // Where the kinds tell which relation is meant, others of the same resource are beside the point.
  const candidatesFrom = (outgoing.get(from.id) ?? []).filter(({ type }) => !usual || type === usual.type);
  const others = nearestRelations(candidatesFrom, to, drawn, platform);
  const told = (relation: Relation) => {
    const [one, other] = [platform.resource(relation.from), platform.resource(relation.to)];
    return `${one ? referenceOf(one) : relation.from} ${words(relation)} ${other ? referenceOf(other) : relation.to}`;
  };
  const known = reverse.length > 0 ? reverse : others;
  const nothing = usual ? `${a} ${usual.verb} nothing of this repository` : `no relation starts at ${a}`;
  const label = edge.label.replaceAll(/\s+/g, ' ').trim();
  const candidates =
    reverse.length > 0
      ? [`${edge.to} -> ${edge.from}`]
      : others.slice(0, 3).map((relation) => told(relation));
  return diagnose('diagram-edge-unbacked', {
    about: `${a}|${b}`,
    page,
    message: `no manifest backs this edge: \`${a}\` → \`${b}\`${label === '' ? '' : ` ("${label}")`}`,
    sources: [
      ...(usual?.declaredAt && reverse.length === 0
        ? [sourceOf(platform, from, `what ${a} ${usual.verb}`, usual.declaredAt)]
        : []),
      ...known.slice(0, 3).map((relation): DiagnosticSource => {
        const place = platform.resource(relation.from);
        return {
          ...relation.origin,
          resource: place ? referenceOf(place) : null,
          path: null,
          role: told(relation),
          via: [],
        };
      }),
      ...(known.length === 0 && !usual?.declaredAt
        ? [sourceOf(platform, from, 'edge from'), sourceOf(platform, to, 'edge to')]
        : []),
    ],
    expected: usual ? `${a} ${usual.verb} ${b}` : `a relation from ${a} to ${b}`,
    actual: known.length > 0 ? known.slice(0, 3).map(told).join('; ') : nothing,
    candidates,
    help:
      reverse.length > 0
        ? `turn the edge round: \`${edge.to} -> ${edge.from}\``
        : 'draw what the manifests say, or opt the fence out with edges="unchecked: reason"',
  });
}

/** Other relations of the same source: those to something drawn first, then those to the same kind. */
function nearestRelations(
  outgoing: Relation[],
  to: Resource,
  drawn: Resource[],
  platform: Platform,
): Relation[] {
  const ids = new Set(drawn.map((resource) => resource.id));
  const rank = (relation: Relation) =>
    (platform.resource(relation.to)?.kind === to.kind ? 0 : 2) + (ids.has(relation.to) ? 0 : 1);
  return outgoing
    .map((relation, index) => ({ relation, rank: rank(relation), index }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ relation }) => relation)
    .slice(0, 3);
}

function words(relation: Relation): string {
  return relationTypes.find(({ type }) => type === relation.type)?.verb ?? relation.type;
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

interface Index {
  pairs: Map<string, Relation[]>;
  outgoing: Map<string, Relation[]>;
}
