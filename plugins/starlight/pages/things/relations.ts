import { h } from 'hastscript';
import { compareText } from '../../../base/index.ts';
import { wordKey } from '../../../words/index.ts';
import { block } from '../html.ts';
import { byKind } from './by-kind.ts';
import type { Section, Thing } from './thing.ts';

/**
 * A row for each verb, those of what it does before those of what is done to it. What other parts of the page
 * say is left out.
 */
export function relationsSection({ explanation, page }: Thing): Section[] {
  const { relations, deployedBy, neededBy } = explanation;
  const waiting = new Set(neededBy.map(({ id }) => id));
  const rows = (['out', 'in'] as const).flatMap((way) => {
    const verbs = Map.groupBy(
      relations.filter(
        (one) =>
          one.way === way &&
          !told.has(`${one.type}.${way}`) &&
          !(one.type === 'provides-to' && waiting.has(one.otherId)) &&
          !(one.type === 'deploys' && way === 'in' && one.otherId === deployedBy?.id),
      ),
      ({ type, words }) => {
        const key = wordKey(`relation.${type}.${way}`);
        return key === undefined ? words : page.speech.say(key);
      },
    );
    return [...verbs]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([verb, ends]) => [
        h('dt', verb),
        h(
          'dd',
          byKind(
            ends.map(({ otherId }) => otherId),
            page,
          ),
        ),
      ]);
  });
  if (rows.length === 0) return [];
  return [
    { title: page.speech.say('resource.relations'), body: block(h('dl.pl-relations.not-content', rows)) },
  ];
}

/** The namespace stands among the facts; needs and policies have sections of their own. */
const told = new Set(['lives-in.out', 'needs.out', 'needs.in', 'matches.in', 'writes.in']);
