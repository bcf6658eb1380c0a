import { h } from 'hastscript';
import { compareText } from '../../base/index.ts';
import { createExplainer, type Engine, type Explanation, waveWords } from '../../engine/index.ts';
import type { Resource } from '../../model/index.ts';
import { type Content, type ElementContext, listElement } from '../../remark/index.ts';
import type { Place, Via } from '../../source/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from './generated-page.ts';
import { block, place, refById, shortName } from './html.ts';
import { manifest } from './manifest.ts';

/**
 * One page a resource: what it is, where it comes from, who deploys it and when, what it touches, and its
 * manifest.
 */
export function resourcePages({ platform }: Engine, { slugs, links }: GeneratedOptions): GeneratedPage[] {
  const { explain } = createExplainer(platform);
  return platform.model.resources.map((resource) => ({
    id: slugs.get(resource.id) ?? resource.id,
    ...resourcePage(explain(resource), resource, { platform, links }),
  }));
}

/** An explanation as a page. */
function resourcePage(
  explanation: Explanation,
  resource: Resource,
  page: ElementContext,
): Omit<GeneratedPage, 'id'> {
  const { kind, name } = explanation;
  const sections = [
    facts(explanation, resource, page),
    ...unverified(explanation, page),
    ...sequence(explanation, page),
    ...relations(explanation, page),
    ...policies(explanation, page),
    '## Manifest',
    manifest(resource),
  ];
  return {
    data: { ...generatedData, title: `${kind}/${name}`, description: description(explanation) },
    body: sections.join('\n\n'),
  };
}

function facts(explanation: Explanation, resource: Resource, page: ElementContext): string {
  const { apiVersion, kind, namespace, namespaceId, layer, stack, deployedBy, generatedById, origin } =
    explanation;
  const { flux, reconciler } = explanation;
  const rows: [string, Content][] = [['API', [h('code', apiVersion), ' ', h('code', kind)]]];
  if (namespace !== null)
    rows.push(['Namespace', namespaceId === null ? h('code', namespace) : refById(namespaceId, page)]);
  rows.push([
    'Layer',
    layer === 'bootstrap' ? 'Bootstrap: applied once' : `GitOps: reconciled by ${reconciler}`,
  ]);
  if (stack !== null) rows.push(['Stack', stack]);
  if (flux !== null) rows.push(...fluxRows(flux));
  if (deployedBy !== null) rows.push([deployedBy.kind, refById(deployedBy.id, page)]);
  else if (generatedById === null)
    rows.push([
      reconciler === 'Argo CD' ? 'Application' : 'Deployed by',
      h('span.pl-muted', `none: ${reconciler} does not deploy it`),
    ]);
  if (deployedBy !== null && deployedBy.projectId !== null)
    rows.push(['Project', refById(deployedBy.projectId, page)]);
  if (!isFlux(explanation)) rows.push(['Sync', order(explanation)]);
  if (generatedById !== null) rows.push(['Made by', refById(generatedById, page)]);
  const conditions = explanation.conditions.map(
    ({ type, message }): Content => [h('span.pl-warn', type), ` ${message}`],
  );
  if (conditions.length > 0) rows.push(['Conditions', listElement(conditions)]);
  rows.push(['Source', place(origin, page, resource)]);
  const via = origin.via.map((step): Content => [place(lineOf(step), page, resource), ` ${step.what}`]);
  if (via.length > 0) rows.push(['By way of', listElement(via)]);
  return block(
    h(
      'dl.pl-facts.not-content',
      rows.flatMap(([name, value]) => [h('dt', name), h('dd', value)]),
    ),
  );
}

/** What one of Flux's is made of, and after what. */
function fluxRows({ source, path, chart, version, dependsOn, suspend }: FluxFacts): [string, Content][] {
  const rows: [string, string | null][] = [
    ['Fetches', source],
    ['Path', path],
    ['Chart', chart === null ? null : [chart, version ?? []].flat().join(' ')],
  ];
  return [
    ...rows.flatMap(([name, value]): [string, Content][] =>
      value === null ? [] : [[name, h('code', value)]],
    ),
    ...(dependsOn.length === 0
      ? []
      : ([['Depends on', listElement(dependsOn.map((one) => h('code', one)))]] satisfies [
          string,
          Content,
        ][])),
    ...(suspend ? ([['Suspended', 'it is not reconciled']] satisfies [string, Content][]) : []),
  ];
}

/** True where nothing of Argo CD's waves is to tell. */
function isFlux({ deployedBy, flux, reconciler }: Explanation): boolean {
  return flux !== null || reconciler === 'Flux' || (deployedBy !== null && deployedBy.kind !== 'Application');
}

type FluxFacts = NonNullable<Explanation['flux']>;

function lineOf({ file, line }: Via): Place {
  return { file, line, column: 1, endLine: line, endColumn: 1 };
}

/** `wave -2, step 1 of 4`: the place of a resource in the sequence of the application that deploys it. */
function order({ order, deployedBy }: Explanation): Content {
  const wave = waveWords(order);
  if (deployedBy === null && order.waveSet)
    return [wave, ' ', h('span.pl-warn', 'means nothing here: no application deploys it')];
  const set = order.waveSet ? '' : ' (none set)';
  return `${wave}${set}${order.step === null ? '' : `, step ${order.step} of ${order.steps}`}`;
}

function sequence({ sequence, flux }: Explanation, page: ElementContext): string[] {
  if (sequence.length === 0) return [];
  const steps = sequence.map(({ resources, ...step }, index) =>
    h('li', [
      h('span.pl-step', flux === null ? waveWords(step) : `stage ${index + 1}`),
      listElement(resources.map(({ id }) => refById(id, page))),
    ]),
  );
  return [flux === null ? '## Sync order' : '## Applies', block(h('ol.pl-steps.not-content', steps))];
}

/**
 * A row for each verb, those of what it does before those of what is done to it. Policies have a section of
 * their own.
 */
function relations({ relations }: Explanation, page: ElementContext): string[] {
  const rows = (['out', 'in'] as const).flatMap((way) => {
    const verbs = Map.groupBy(
      relations.filter((relation) => relation.way === way),
      ({ words }) => words,
    );
    return [...verbs]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([verb, ends]) => {
        const ids = new Set(ends.map(({ otherId }) => otherId));
        return [
          h('dt', verb),
          h('dd', listElement([...ids].sort(compareText).map((id) => refById(id, page)))),
        ];
      });
  });
  return rows.length === 0 ? [] : ['## Relations', block(h('dl.pl-relations.not-content', rows))];
}

function policies({ policies }: Explanation, page: ElementContext): string[] {
  const rows = policies
    .filter(({ matches }) => matches)
    .map(({ policyId, rule, type, action }) =>
      h('li', [refById(policyId, page), ` ${rule}: ${type}${action === null ? '' : `, ${action}`}`]),
    );
  return rows.length === 0
    ? []
    : ['## Policies that match', block(h('ul.pl-items.pl-policies.not-content', rows))];
}

function unverified(
  { application, deployedBy, flux, kind, name, unverified }: Explanation,
  page: ElementContext,
): string[] {
  if (unverified.length === 0) return [];
  const whose =
    application !== null
      ? `application ${application.name}`
      : flux !== null
        ? `${kind} ${name}`
        : `${deployedBy?.kind} ${deployedBy?.name}`;
  const rows = unverified.map(({ what, why, origin }) =>
    h('li', [h('strong', what), `: ${why} `, ...(origin ? [place(origin, page)] : [])]),
  );
  return [
    block(h('aside.pl-unverified-note.not-content', [h('p', `Not verified in ${whose}`), h('ul', rows)])),
  ];
}

function description(explanation: Explanation): string {
  const { kind, namespace, deployedBy, order, origin } = explanation;
  const where = namespace === null ? 'cluster-scoped' : `in namespace ${namespace}`;
  const by =
    deployedBy === null
      ? ''
      : deployedBy.kind === 'Application'
        ? `, deployed by application ${deployedBy.name} in wave ${order.wave}`
        : `, deployed by ${deployedBy.kind} ${deployedBy.name}`;
  return `${shortName(explanation)}: ${kind} ${where}${by}, from ${origin.file}.`;
}
