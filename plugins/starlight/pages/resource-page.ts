import { h } from 'hastscript';
import { stringify } from 'yaml';
import { addTo, compareText } from '../../base/index.ts';
import type { Engine } from '../../engine/index.ts';
import {
  type Application,
  type Model,
  type Relation,
  type Resource,
  relationTypes,
} from '../../model/index.ts';
import { type Content, type ElementContext, listElement } from '../../remark/index.ts';
import type { Place, Via } from '../../source/index.ts';
import type { GeneratedPage } from '../run/shared-run.ts';
import { type GeneratedOptions, generatedData } from './generated-options.ts';
import { block, place, refById, shortName } from './html.ts';

/** One page a resource: what it is, where it comes from, who deploys it and when, what it touches, and its manifest. */
export function resourcePages(engine: Engine, { slugs, links }: GeneratedOptions): GeneratedPage[] {
  const { platform } = engine;
  const { model } = platform;
  const context: Context = { model, page: { platform, links }, ...indexes(model) };
  return model.resources.map((resource) => ({
    id: slugs.get(resource.id) ?? resource.id,
    data: { ...generatedData, title: `${resource.kind}/${resource.name}`, description: describe(resource) },
    body: body(resource, context),
  }));
}

function body(resource: Resource, context: Context): string {
  const application = context.application.get(resource.application ?? '');
  const own = context.model.applications.find((one) => one.id === resource.id);
  const sections = [
    facts(resource, application, context),
    ...notVerified(own ?? application, context),
    ...order(own, context),
    ...relations(resource.id, context),
    ...policies(resource, context),
    '## Manifest',
    manifest(resource),
  ];
  return sections.join('\n\n');
}

function facts(resource: Resource, application: Application | undefined, context: Context): string {
  const { page, model } = context;
  const namespace = context.namespace.get(resource.namespace ?? '');
  const project = application && model.projects.find((one) => one.name === application.project);
  const generator = resource.generatedBy;
  const rows: [string, Content][] = [
    ['API', [h('code', resource.apiVersion), ' ', h('code', resource.kind)]],
  ];
  if (resource.namespace !== null)
    rows.push(['Namespace', namespace ? refById(namespace, page) : h('code', resource.namespace)]);
  rows.push([
    'Layer',
    resource.layer === 'bootstrap' ? 'Bootstrap: applied once' : 'GitOps: reconciled by Argo CD',
  ]);
  if (resource.stack !== null) rows.push(['Stack', resource.stack]);
  if (application) rows.push(['Application', refById(application.id, page)]);
  else if (generator === null)
    rows.push(['Application', h('span.pl-muted', 'none: Argo CD does not deploy it')]);
  if (project) rows.push(['Project', refById(project.id, page)]);
  rows.push(['Sync', when(resource, application)]);
  if (generator !== null) rows.push(['Made by', refById(generator, page)]);
  rows.push(['Source', place(resource.origin, page, resource)]);
  const via = resource.origin.via.map(
    (step): Content => [place(lineOf(step), page, resource), ` ${step.what}`],
  );
  if (via.length > 0) rows.push(['By way of', listElement(via)]);
  return block(
    h(
      'dl.pl-facts.not-content',
      rows.flatMap(([name, value]) => [h('dt', name), h('dd', value)]),
    ),
  );
}

function lineOf({ file, line }: Via): Place {
  return { file, line, column: 1, endLine: line, endColumn: 1 };
}

/** `wave -2, step 1 of 4`: the place of a resource in the sequence of its application. */
function when(resource: Resource, application: Application | undefined): Content {
  const wave = `${resource.phase === 'Sync' ? '' : `${resource.phase}, `}wave ${resource.wave}`;
  const isSet = resource.waveSet ? '' : ' (none set)';
  const step = application ? application.order.findIndex((ids) => ids.includes(resource.id)) : -1;
  if (!application)
    return resource.waveSet
      ? [wave, ' ', h('span.pl-warn', 'means nothing here: no application deploys it')]
      : `${wave}${isSet}`;
  return step < 0 ? `${wave}${isSet}` : `${wave}${isSet}, step ${step + 1} of ${application.order.length}`;
}

function order(application: Application | undefined, { page }: Context): string[] {
  if (!application || application.order.length === 0) return [];
  const steps = application.order.map((ids) => {
    const first = page.platform.resource(ids[0] ?? '');
    const title = first ? `${first.phase === 'Sync' ? '' : `${first.phase}, `}wave ${first.wave}` : '';
    return h('li', [h('span.pl-step', title), listElement(ids.map((id) => refById(id, page)))]);
  });
  return ['## Sync order', block(h('ol.pl-steps.not-content', steps))];
}

function relations(id: string, context: Context): string[] {
  const out = context.from.get(id) ?? [];
  const told = new Set(out.map((one) => `${one.type} ${one.to}`));
  // A relation that the model also knows the other way round is said once, and policies have a section of their own.
  const back = (context.to.get(id) ?? []).filter(
    (one) => one.type !== 'matches' && !told.has(`${infos.get(one.type)?.inverse ?? ''} ${one.from}`),
  );
  const rows = [
    ...related(
      out.map((one) => [infos.get(one.type)?.verb ?? one.type, one.to]),
      context,
    ),
    ...related(
      back.map((one) => [infos.get(one.type)?.passive ?? one.type, one.from]),
      context,
    ),
  ];
  return rows.length === 0 ? [] : ['## Relations', block(h('dl.pl-relations.not-content', rows))];
}

function related(pairs: [string, string][], { page }: Context) {
  const byVerb = new Map<string, Set<string>>();
  for (const [verb, id] of pairs) byVerb.set(verb, (byVerb.get(verb) ?? new Set()).add(id));
  return [...byVerb]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([verb, ids]) => [
      h('dt', verb),
      h('dd', listElement([...ids].sort().map((id) => refById(id, page)))),
    ]);
}

const infos = new Map(relationTypes.map((one) => [one.type, one]));

function policies(resource: Resource, { model, page }: Context): string[] {
  const rows = model.policies.flatMap((policy) =>
    policy.rules
      .filter((rule) => rule.matches.includes(resource.id))
      .map((rule) =>
        h('li', [
          refById(policy.id, page),
          ` ${rule.name}: ${rule.type}${rule.action === null ? '' : `, ${rule.action}`}`,
        ]),
      ),
  );
  return rows.length === 0
    ? []
    : ['## Policies that match', block(h('ul.pl-items.pl-policies.not-content', rows))];
}

function notVerified(application: Application | undefined, { page }: Context): string[] {
  const notes = application?.unverified ?? [];
  if (notes.length === 0) return [];
  const rows = notes.map((note) =>
    h('li', [h('strong', note.what), `: ${note.why} `, ...(note.origin ? [place(note.origin, page)] : [])]),
  );
  return [
    block(
      h('aside.pl-unverified-note.not-content', [
        h('p', `Not verified in application ${application?.name}`),
        h('ul', rows),
      ]),
    ),
  ];
}

function manifest(resource: Resource): string {
  const lines = stringify(resource.rendered, { lineWidth: 0 }).trimEnd().split('\n');
  const shown = lines.slice(0, longestManifest);
  const rest = lines.length - shown.length;
  const yaml = shown.join('\n');
  const fence = '`'.repeat(Math.max(3, ...[...yaml.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  const title = `${resource.origin.file}:${resource.origin.line}`.replaceAll('"', '');
  const notes = [
    ...(resource.kind === 'Secret'
      ? ['The keys alone: Plumbline drops the values of a Secret as it reads them.']
      : []),
    ...(rest > 0 ? [`${rest} more lines are in the source.`] : []),
  ];
  return [`${fence}yaml title="${title}"\n${yaml}\n${fence}`, ...notes].join('\n\n');
}

/** Lines of YAML on a page: a dashboard of ten thousand helps nobody. */
const longestManifest = 400;

function describe(resource: Resource): string {
  const where = resource.namespace === null ? 'cluster-scoped' : `in namespace ${resource.namespace}`;
  const by =
    resource.application === null
      ? ''
      : `, deployed by application ${resource.application} in wave ${resource.wave}`;
  return `${shortName(resource)}: ${resource.kind} ${where}${by}, from ${resource.origin.file}.`;
}

function indexes(model: Model): Pick<Context, 'application' | 'namespace' | 'from' | 'to'> {
  const from = new Map<string, Relation[]>();
  const to = new Map<string, Relation[]>();
  for (const relation of model.relations) {
    addTo(from, relation.from, relation);
    addTo(to, relation.to, relation);
  }
  const namespaces = model.resources.filter((one) => one.kind === 'Namespace');
  return {
    application: new Map(model.applications.map((one) => [one.name, one])),
    namespace: new Map(namespaces.map((one) => [one.name, one.id])),
    from,
    to,
  };
}

interface Context {
  model: Model;
  page: ElementContext;
  application: Map<string, Application>;
  /** Id of a Namespace by its name. */
  namespace: Map<string, string>;
  /** Relations by the id at each end. */
  from: Map<string, Relation[]>;
  to: Map<string, Relation[]>;
}
