import { h } from 'hastscript';
import { compareText } from '../../base/index.ts';
import { createExplainer, type Engine, type Explanation } from '../../engine/index.ts';
import type { Resource } from '../../model/index.ts';
import { type Content, type ElementContext, listElement, withCode } from '../../remark/index.ts';
import type { Place, Via } from '../../source/index.ts';
import { type Speech, wordKey } from '../../words/index.ts';
import { type GeneratedOptions, type GeneratedPage, generatedData } from './generated-page.ts';
import { block, place, refById, shortName } from './html.ts';
import { manifest } from './manifest.ts';

/**
 * One page a resource: what it is, where it comes from, who deploys it and when, what it touches, and its
 * manifest.
 */
export function resourcePages(
  { platform }: Engine,
  { slugs, links, speech }: GeneratedOptions,
): GeneratedPage[] {
  const { explain } = createExplainer(platform);
  return platform.model.resources.map((resource) => ({
    id: slugs.get(resource.id) ?? resource.id,
    ...resourcePage(explain(resource), resource, { platform, links, speech }),
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
    `## ${page.speech.say('resource.manifest')}`,
    manifest(resource, page.speech),
  ];
  return {
    data: { ...generatedData, title: `${kind}/${name}`, description: description(explanation, page.speech) },
    body: sections.join('\n\n'),
  };
}

function facts(explanation: Explanation, resource: Resource, page: ElementContext): string {
  const { apiVersion, kind, namespace, namespaceId, layer, stack, deployedBy, generatedById, origin } =
    explanation;
  const { flux, reconciler, unapplied } = explanation;
  const { say } = page.speech;
  const rows: [string, Content][] = [['API', [h('code', apiVersion), ' ', h('code', kind)]]];
  if (namespace !== null)
    rows.push([
      say('column.namespace'),
      namespaceId === null ? h('code', namespace) : refById(namespaceId, page),
    ]);
  rows.push([
    say('resource.layer'),
    layer === 'bootstrap' ? say('resource.bootstrap') : say('resource.gitops', { reconciler }),
  ]);
  if (stack !== null) rows.push([say('column.stack'), stack]);
  if (flux !== null) rows.push(...fluxRows(flux, page));
  if (deployedBy !== null)
    rows.push([
      deployedBy.kind === 'Application' ? say('column.application') : deployedBy.kind,
      refById(deployedBy.id, page),
    ]);
  else if (generatedById === null)
    rows.push([
      say(reconciler === 'Argo CD' ? 'column.application' : 'resource.deployedBy'),
      h('span.pl-muted', say('resource.notDeployed', { reconciler })),
    ]);
  if (unapplied !== null)
    rows.push([
      say('resource.applied'),
      [h('span.pl-warn', say('resource.notApplied')), ' ', h('code', unapplied)],
    ]);
  if (deployedBy !== null && deployedBy.projectId !== null)
    rows.push([say('column.project'), refById(deployedBy.projectId, page)]);
  if (!isFlux(explanation)) rows.push([say('resource.sync'), order(explanation, page.speech)]);
  if (generatedById !== null) rows.push([say('resource.madeBy'), refById(generatedById, page)]);
  const conditions = explanation.conditions.map(
    ({ type, message }): Content => [h('span.pl-warn', type), ` ${message}`],
  );
  if (conditions.length > 0) rows.push([say('resource.conditions'), listElement(conditions)]);
  rows.push([say('resource.source'), place(origin, page, resource)]);
  const via = origin.via.map((step): Content => [place(lineOf(step), page, resource), ` ${step.what}`]);
  if (via.length > 0) rows.push([say('resource.byWayOf'), listElement(via)]);
  return block(
    h(
      'dl.pl-facts.not-content',
      rows.flatMap(([name, value]) => [h('dt', name), h('dd', value)]),
    ),
  );
}

/** What one of Flux's is made of, and after what. */
function fluxRows(flux: FluxFacts, page: ElementContext): [string, Content][] {
  const { source, sourceId, path, chart, version, dependsOn, dependsOnIds, suspend } = flux;
  const { say } = page.speech;
  const named = (id: string | null | undefined, text: string): Content =>
    id ? refById(id, page) : h('code', text);
  const fetches: [string, Content][] =
    source === null ? [] : [[say('resource.fetches'), named(sourceId, source)]];
  const rows: [string, string | null][] = [
    [say('column.path'), path],
    [say('column.chart'), chart === null ? null : [chart, version ?? []].flat().join(' ')],
  ];
  return [
    ...fetches,
    ...rows.flatMap(([name, value]): [string, Content][] =>
      value === null ? [] : [[name, h('code', value)]],
    ),
    ...(dependsOn.length === 0
      ? []
      : ([
          [
            say('column.dependsOn'),
            listElement(dependsOn.map((one, index) => named(dependsOnIds[index], one))),
          ],
        ] satisfies [string, Content][])),
    ...(suspend
      ? ([[say('column.suspended'), say('resource.notReconciled')]] satisfies [string, Content][])
      : []),
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
function order({ order, deployedBy }: Explanation, speech: Speech): Content {
  const { say } = speech;
  const wave = waveWords(order, speech);
  if (deployedBy === null && order.waveSet)
    return [wave, ' ', h('span.pl-warn', say('resource.waveMeansNothing'))];
  const set = order.waveSet ? wave : say('resource.waveNotSet', { wave });
  const { step, steps } = order;
  return step === null ? set : say('resource.waveStep', { wave: set, step, steps: steps ?? step });
}

/** `wave -2`, with the phase before it where that is not `Sync`. */
function waveWords({ phase, wave }: { phase: string | null; wave: number }, { say }: Speech): string {
  if (phase === null) return say('resource.noSync');
  return phase === 'Sync' ? say('cell.wave', { wave }) : say('resource.phaseWave', { phase, wave });
}

function sequence({ sequence, flux }: Explanation, page: ElementContext): string[] {
  if (sequence.length === 0) return [];
  const { say } = page.speech;
  const steps = sequence.map(({ resources, ...step }, index) =>
    h('li', [
      h(
        'span.pl-step',
        flux === null ? waveWords(step, page.speech) : say('resource.stage', { stage: index + 1 }),
      ),
      listElement(resources.map(({ id }) => refById(id, page))),
    ]),
  );
  return [
    `## ${say(flux === null ? 'resource.syncOrder' : 'resource.applies')}`,
    block(h('ol.pl-steps.not-content', steps)),
  ];
}

/**
 * A row for each verb, those of what it does before those of what is done to it. Policies have a section of
 * their own.
 */
function relations({ relations }: Explanation, page: ElementContext): string[] {
  const rows = (['out', 'in'] as const).flatMap((way) => {
    const verbs = Map.groupBy(
      relations.filter((relation) => relation.way === way),
      ({ type, words }) => {
        const key = wordKey(`relation.${type}.${way}`);
        return key === undefined ? words : page.speech.say(key);
      },
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
  return rows.length === 0
    ? []
    : [`## ${page.speech.say('resource.relations')}`, block(h('dl.pl-relations.not-content', rows))];
}

function policies({ id, policies, results }: Explanation, page: ElementContext): string[] {
  const resultsOf = (policyId: string, rule: string): string => {
    const own = results.filter((one) => one.resourceId === id && one.policyId === policyId);
    const said = own.filter((one) => one.rule === rule || one.rule.endsWith(`-${rule}`));
    return said.map(({ result }) => `, ${result}`).join('');
  };
  const rows = policies
    .filter(({ matches }) => matches)
    .map(({ policyId, rule, type, action }) =>
      h('li', [
        refById(policyId, page),
        ` ${rule}: ${type}${action === null ? '' : `, ${action}`}${resultsOf(policyId, rule)}`,
      ]),
    );
  return rows.length === 0
    ? []
    : [`## ${page.speech.say('resource.policies')}`, block(h('ul.pl-items.pl-policies.not-content', rows))];
}

function unverified(
  { application, deployedBy, flux, kind, name, unverified }: Explanation,
  page: ElementContext,
): string[] {
  if (unverified.length === 0) return [];
  const { say } = page.speech;
  const whose =
    application !== null
      ? say('resource.ofApplication', { name: application.name })
      : flux !== null
        ? `${kind} ${name}`
        : `${deployedBy?.kind} ${deployedBy?.name}`;
  const rows = unverified.map(({ what, why, origin }) =>
    h('li', [
      h('strong', withCode(what)),
      ': ',
      ...withCode(why),
      ' ',
      ...(origin ? [place(origin, page)] : []),
    ]),
  );
  return [
    block(
      h('aside.pl-unverified-note.not-content', [
        h('p', say('resource.notVerifiedIn', { name: whose })),
        h('ul', rows),
      ]),
    ),
  ];
}

function description(explanation: Explanation, { say }: Speech): string {
  const { kind, namespace, deployedBy, order, origin } = explanation;
  const by =
    deployedBy === null
      ? ''
      : deployedBy.kind === 'Application'
        ? say('resource.byApplication', { application: deployedBy.name, wave: order.wave })
        : say('resource.by', { kind: deployedBy.kind, name: deployedBy.name });
  const told = { name: shortName(explanation), kind, by, file: origin.file };
  return namespace === null
    ? say('resource.clusterScoped', told)
    : say('resource.inNamespace', { ...told, namespace });
}
