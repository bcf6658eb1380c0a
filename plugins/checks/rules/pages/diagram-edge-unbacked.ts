import type { CompiledEdge } from '../../../d2/index.ts';
import type { Relation, Resource } from '../../../model/index.ts';
import type { Platform } from '../../../platform/index.ts';
import type { DiagnosticOf, DiagnosticSource, Place } from '../../../source/index.ts';
import { diagnose } from '../../diagnose.ts';
import { nearestRelations, relationsFrom, tellRelation, usualBetween } from '../../diagrams/relations.ts';
import { sourceOf } from '../../subjects.ts';
import type { PageRule } from '../rule.ts';

export const diagramEdgeUnbacked = {
  name: 'diagram-edge-unbacked',
  about: 'page',
  severity: 'error',
  title: 'no manifest backs an edge',
  explain: `An edge between two bound shapes is a statement: the model must know a relation between the two resources in the direction of the arrow. A plain line states that there is a relation at all, an arrow with two heads one each way. \`edges="unchecked: reason"\` opts a fence out. All of it holds for layers, scenarios and steps as well.`,
  silent: `Where something that is not read could change one of the edge's ends (a failed build, a remote patch, another revision): the fence is *not verified*.`,
  failing: `\`\`\`d2
audit: Audit { link: "gitops:AppProject/audit" }
shop: shop { link: "gitops:Namespace/shop" }
audit -> shop: deploys to
\`\`\`
`,
  mended: `\`\`\`d2
project: Shop { link: "gitops:AppProject/shop" }
shop: shop { link: "gitops:Namespace/shop" }
project -> shop: deploys to
\`\`\`
`,
} as const satisfies PageRule;

/** An edge that the model knows no relation for, or only one the other way. */
export function unbackedEdge(
  { edge, from, to, turned, drawn }: Unbacked,
  platform: Platform,
  page: Place,
): DiagnosticOf<'diagram-edge-unbacked'> {
  const [a, b] = [platform.referenceOf(from), platform.referenceOf(to)];
  const [reverse] = relationsFrom(platform.model, to.id, from.id);
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
