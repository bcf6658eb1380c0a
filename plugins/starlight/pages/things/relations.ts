import { h } from 'hastscript';
import { compareText } from '../../../base/index.ts';
import { listElement } from '../../../remark/index.ts';
import { wordKey } from '../../../words/index.ts';
import { block, refById } from '../html.ts';
import type { Section, Thing } from './thing.ts';

/**
 * A row for each verb, those of what it does before those of what is done to it. Policies have a section of
 * their own.
 */
export function relationsSection({ explanation: { relations }, page }: Thing): Section[] {
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
  if (rows.length === 0) return [];
  return [
    { title: page.speech.say('resource.relations'), body: block(h('dl.pl-relations.not-content', rows)) },
  ];
}
