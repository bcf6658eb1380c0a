import { slug } from 'github-slugger';
import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Explanation } from '../../../engine/index.ts';
import { type Content, listElement } from '../../../remark/index.ts';
import { block, refById, unsearched } from '../html.ts';
import { byKind } from './by-kind.ts';
import type { Section, Thing } from './thing.ts';

/** What must be there before it, by what brings it, and what waits for it. */
export function needsSection({ explanation, page }: Thing): Section[] {
  const { say } = page.speech;
  const { needs, neededBy } = explanation;
  // All of a few stand in the facts.
  const told = needs.length > shownOf(needs).length ? needs : [];
  const groups = Map.groupBy(told, ({ by, isBeside, layer, isMade }) =>
    isBeside ? beside : (by?.id ?? (isMade ? cluster : layer === 'bootstrap' ? bootstrap : nobody)),
  );
  const rows = [...groups].flatMap(([whose, own]) => [
    h('dt', headOf(whose, own, { page })),
    h('dd', listElement(own.map((need) => needContent({ ...need, by: null }, { page })))),
  ]);
  return [
    ...(rows.length === 0
      ? []
      : [{ title: say('needs.title'), body: block(h('dl.pl-relations.not-content', unsearched, rows)) }]),
    ...(neededBy.length === 0
      ? []
      : [
          {
            title: say('needs.neededBy'),
            body: block(h('div.pl-grouped.not-content', unsearched, neededByList(explanation, page))),
          },
        ]),
  ];
}

/** What waits for it; more than a few things that are in a namespace have a page of their own. */
function neededByList({ neededBy, relations, name }: Explanation, page: Thing['page']): Element[] {
  const ids = neededBy.map(({ id }) => id);
  const inside = new Set(
    relations.filter(({ type, way }) => type === 'lives-in' && way === 'in').map(({ otherId }) => otherId),
  );
  const address = page.links.namespace?.(name) ?? null;
  const count = ids.filter((id) => inside.has(id)).length;
  if (address === null || count <= mostInside) return byKind(ids, page);
  const others = ids.filter((id) => !inside.has(id));
  return [
    h('p', h('a', { href: address }, page.speech.say('needs.inside', { count }))),
    ...(others.length === 0 ? [] : byKind(others, page)),
  ];
}

/** The first of what others bring, for the top of the page; null where nothing has to be there. */
export function needsAnswer({ explanation: { needs }, page }: Thing): Content | null {
  const shown = shownOf(needs);
  if (shown.length === 0) return null;
  const rest = needs.length - shown.length;
  const { say } = page.speech;
  const more =
    rest > 0 ? [h('a', { href: `#${slug(say('needs.title'))}` }, say('cell.more', { count: rest }))] : [];
  return listElement([...shown.map((need) => needContent(need, { page })), ...more]);
}

function shownOf(needs: readonly Need[]): readonly Need[] {
  const others = needs.filter(({ isBeside }) => !isBeside);
  return (others.length > 0 ? others : needs).slice(0, mostShown);
}

function headOf(whose: string, [first]: Need[], { page }: Pick<Thing, 'page'>): Content {
  const { say } = page.speech;
  if (whose === beside) return say('needs.beside');
  if (whose === bootstrap) return say('needs.bootstrap');
  if (first?.by) {
    const kind = first.by.kind === 'Application' ? say('column.application') : first.by.kind;
    return [`${kind} `, refById(first.by.id, page, first.by.name)];
  }
  return say(whose === cluster ? 'needs.cluster' : 'needs.nobody');
}

function needContent({ id, by, wave, isBeside }: Need, { page }: Pick<Thing, 'page'>): Content {
  const { say } = page.speech;
  const told = [
    ...(by === null || isBeside ? [] : [by.name]),
    ...(wave === null ? [] : [say('cell.wave', { wave })]),
  ];
  const own = refById(id, page);
  return told.length === 0 ? own : [own, h('span.pl-muted', ` ${told.join(', ')}`)];
}

/** None of these is the id of a resource. */
const [beside, bootstrap, cluster, nobody] = ['beside', 'bootstrap', 'cluster', 'nobody'];
const mostShown = 4;
/** Things in a namespace that are named where it is. */
const mostInside = 8;

type Need = Explanation['needs'][number];
