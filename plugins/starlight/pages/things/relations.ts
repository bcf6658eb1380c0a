import type { Element } from 'hast';
import { h } from 'hastscript';
import { compareText } from '../../../base/index.ts';
import { wordKey } from '../../../words/index.ts';
import { block, unsearched } from '../html.ts';
import { byKind } from './by-kind.ts';
import type { Section, Thing } from './thing.ts';

/**
 * What is done to it, itself, and what it does, a row for each verb: a drawing of one hop where there is
 * room, below one another on a phone. What other parts of the page say is left out.
 */
export function relationsSection(thing: Thing): Section[] {
  const { explanation, page } = thing;
  const [before, after] = [verbs('in', thing), verbs('out', thing)];
  if (before.length + after.length === 0) return [];
  const list = (way: Way, rows: Element[]) =>
    rows.length === 0 ? [] : [h('dl.pl-relations', { dataWay: way }, rows)];
  const { kind, name } = explanation;
  return [
    {
      title: page.speech.say('resource.relations'),
      body: block(
        h('div.pl-around.not-content', unsearched, [
          ...list('in', before),
          h('p.pl-self', [h('span.pl-muted', kind), ' ', h('strong', name)]),
          ...list('out', after),
        ]),
      ),
    },
  ];
}

/** Each verb with those that it is said of. */
function verbs(way: Way, { explanation, page }: Thing): Element[] {
  const { relations, deployedBy, neededBy } = explanation;
  const waiting = new Set(neededBy.map(({ id }) => id));
  const own = relations.filter(
    (one) =>
      one.way === way &&
      !told.has(`${one.type}.${way}`) &&
      !(waitedFor.has(one.type) && waiting.has(one.otherId)) &&
      !(one.type === 'deploys' && way === 'in' && one.otherId === deployedBy?.id),
  );
  const said = Map.groupBy(own, ({ type, words }) => {
    const key = wordKey(`relation.${type}.${way}`);
    return key === undefined ? words : page.speech.say(key);
  });
  return [...said]
    .sort(([a], [b]) => compareText(a, b))
    .map(([verb, ends]) =>
      h('div', [
        h('dt', verb),
        h(
          'dd',
          byKind(
            ends.map(({ otherId }) => otherId),
            page,
          ),
        ),
      ]),
    );
}

type Way = 'in' | 'out';

/** What waits for the thing by these has a section of its own. */
const waitedFor = new Set(['provides-to', 'provides', 'lives-in']);

/** The namespace stands among the facts; needs and policies have sections of their own. */
const told = new Set(['lives-in.out', 'needs.out', 'needs.in', 'matches.in', 'writes.in']);
