import type { Element } from 'hast';
import { h } from 'hastscript';
import { breakable, type Content, cellContent, listElement, withPlainLinks } from '../../../remark/index.ts';
import type { Cell } from '../../../views/index.ts';
import { wordKey } from '../../../words/index.ts';
import { block, place, refById, unsearched } from '../html.ts';
import { byKind } from './by-kind.ts';
import { copyWords } from './copy-words.ts';
import { makersOf } from './makers.ts';
import { needsAnswer } from './needs.ts';
import { isFlux, orderWords } from './order.ts';
import type { Thing } from './thing.ts';

/** What a reader looks for first, and beside it the commands that look at the thing in a cluster. */
export function answers(thing: Thing): string {
  const common = commonRows(thing).map(([name, value]): Row => [name, value, unsearched]);
  const rows = [...ownRows(thing), ...fluxRows(thing), ...common];
  // One more is no longer than the line that would open it.
  const shown = rows.length > mostShown + 1 ? mostShown : rows.length;
  const rest = rows.slice(shown);
  const { speech } = thing.page;
  const more =
    rest.length === 0
      ? []
      : h('details.pl-fold', [h('summary', speech.say('cell.more', { count: rest.length })), list(rest)]);
  const facts = [list(rows.slice(0, shown)), more].flat();
  return block(
    h('div.pl-answers.not-content', copyWords(speech), [
      rest.length === 0 ? facts : h('div', facts),
      ...look(thing),
    ]),
  );
}

function list(rows: readonly Row[]): Element {
  return h(
    'dl.pl-facts',
    rows.flatMap(([name, value, as = {}]) => [h('dt', as, name), h('dd', as, value)]),
  );
}

/** Those of its kind. */
function ownRows(thing: Thing): Row[] {
  const { explanation, page } = thing;
  return explanation.answers.map(({ name, label, value }) => {
    const key = wordKey(`answer.${name}`);
    const shown = name === 'images' ? withShortDigests(value) : value;
    const content = withPlainLinks(shownValue(shown, page));
    return [
      key === undefined ? label : page.speech.say(key),
      name === 'holds' ? h('div', [content, ...listOf(thing)]) : content,
    ];
  });
}

/** Of many resources each kind is folded under their number. */
function shownValue(value: Cell, page: Thing['page']): Content {
  const ids = (value.items ?? []).flatMap(({ ref }) => ref ?? []);
  return ids.length > mostShown && ids.length === value.items?.length
    ? h('div', byKind(ids, page))
    : cellContent(value, page);
}

/** The manifest has all of a digest, which takes the first screen from what is asked for. */
function withShortDigests(value: Cell): Cell {
  const text = value.text.replaceAll(/\b([0-9a-f]{12})[0-9a-f]{20,}\b/g, '$1…');
  return { ...value, text, ...(value.items && { items: value.items.map(withShortDigests) }) };
}

/** The way to the list of what is in a namespace. */
function listOf({ resource, page: { links, speech } }: Thing): Element[] {
  const address = links.namespace?.(resource.name) ?? null;
  return address === null ? [] : [h('a.pl-ref', { href: address }, speech.say('answer.holdsAll'))];
}

/** Those of every resource. */
function commonRows(thing: Thing): Row[] {
  const { explanation, resource, page } = thing;
  const { apiVersion, layer, deployedBy, generatedById } = explanation;
  const { reconciler, mayDeploy, unapplied, origin, conditions, order, isMade } = explanation;
  const { say } = page.speech;
  const rows: Row[] = [];
  const needs = needsAnswer(thing);
  if (needs !== null) rows.push([say('needs.first'), needs]);
  if (deployedBy !== null)
    rows.push([
      deployedBy.kind === 'Application' ? say('column.application') : deployedBy.kind,
      deployedBy.projectId === null
        ? refById(deployedBy.id, page, deployedBy.name)
        : [
            refById(deployedBy.id, page, deployedBy.name),
            h('span.pl-muted', ` ${say('column.project')} `),
            refById(deployedBy.projectId, page, deployedBy.project ?? undefined),
          ],
    ]);
  else if (layer === 'bootstrap') rows.push([say('resource.layer'), say('resource.bootstrap')]);
  else if (generatedById === null)
    rows.push([
      say(reconciler === 'Argo CD' ? 'column.application' : 'resource.deployedBy'),
      perhapsDeployed(thing) ??
        h(
          'span.pl-muted',
          say(mayDeploy.isSure ? 'resource.notDeployed' : 'resource.noneKnown', { reconciler }),
        ),
    ]);
  if (unapplied !== null)
    rows.push([
      say('resource.applied'),
      [h('span.pl-warn', say('resource.notApplied')), ' ', h('code', unapplied)],
    ]);
  if (order !== null && !isFlux(explanation))
    rows.push([say('resource.sync'), orderWords(explanation, order, page.speech)]);
  const makers = makersOf(explanation);
  if (makers.length > 0) {
    const names = listElement(makers.map(({ id }) => refById(id, page)));
    rows.push([say('resource.madeBy'), isMade ? [names, ' ', say('resource.inCluster')] : names]);
  }
  if (conditions.length > 0)
    rows.push([
      say('resource.conditions'),
      listElement(conditions.map(({ type, message }): Content => [h('span.pl-warn', type), ` ${message}`])),
    ]);
  rows.push([
    say(isMade ? 'resource.because' : 'resource.source'),
    [place(origin, page, resource), ' ', h('span.pl-muted', apiVersion)],
  ]);
  rows.push(...builtRows(thing));
  return rows;
}

/** Who may deploy what nothing is seen to deploy; null where nobody is known to. */
function perhapsDeployed({ explanation: { mayDeploy }, page }: Thing): Element | null {
  const { sets, unrendered } = mayDeploy;
  const isUnrendered = unrendered.length > 0;
  const all = isUnrendered ? unrendered : sets;
  if (all.length === 0) return null;
  const why = isUnrendered ? 'resource.notRendered' : 'resource.mayBeDeployed';
  return h('div', [
    h('span.pl-muted', page.speech.say(why, { count: all.length })),
    ' ',
    ...byKind(
      all.map(({ id }) => id),
      page,
    ),
  ]);
}

/** Of what several folders make which, where they differ. */
function builtRows({ explanation: { builtIn }, page: { speech } }: Thing): Row[] {
  if (builtIn === null || builtIn.other.length === 0) return [];
  const { folder, same, other } = builtIn;
  const shown = other.slice(0, mostShown);
  const rest = other.length - shown.length;
  const folders = shown.map((one): Content => h('code', breakable(one)));
  return [
    [
      speech.say('resource.asIn'),
      h('div', [
        h('code', breakable(folder)),
        ...(same.length === 0 ? [] : [` ${speech.say('resource.sameIn', { count: same.length })}`]),
        h('details.pl-fold', [
          h('summary', speech.say('resource.otherIn', { count: other.length })),
          listElement(rest > 0 ? [...folders, speech.say('names.andMore', { count: rest })] : folders),
        ]),
      ]),
    ],
  ];
}

/** What one of Flux's is made of, and after what. */
function fluxRows({ explanation: { flux }, page }: Thing): Row[] {
  if (flux === null) return [];
  const { source, sourceId, path, chart, version, dependsOn, dependsOnIds, suspend } = flux;
  const { say } = page.speech;
  const named = (id: string | null | undefined, text: string): Content =>
    id ? refById(id, page) : h('code', text);
  const rows: [string, Content | null][] = [
    [say('resource.fetches'), source === null ? null : named(sourceId, source)],
    [say('column.path'), path === null ? null : h('code', path)],
    [say('column.chart'), chart === null ? null : h('code', [chart, version ?? []].flat().join(' '))],
    [
      say('column.dependsOn'),
      dependsOn.length === 0
        ? null
        : listElement(dependsOn.map((one, index) => named(dependsOnIds[index], one))),
    ],
    [say('column.suspended'), suspend ? say('resource.notReconciled') : null],
  ];
  return rows.flatMap(([name, value]): Row[] => (value === null ? [] : [[name, value]]));
}

/** Commands to copy; where there is a script each gets a button. */
function look({ explanation: { commands }, page }: Thing): Element[] {
  if (commands.length === 0) return [];
  const items = commands.map(({ text, said }) => h('li', [page.speech.said(said), h('code', text)]));
  return [h('div.pl-look', unsearched, [h('p', page.speech.say('thing.look')), h('ul', items)])];
}

/** Facts that are seen at once. */
const mostShown = 8;

type Row = [name: string, value: Content, as?: typeof unsearched];
