import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Explanation } from '../../../engine/index.ts';
import { withCode } from '../../../remark/index.ts';
import type { Speech } from '../../../words/index.ts';
import { block, place, unsearched } from '../html.ts';
import { makersOf } from './makers.ts';
import type { Thing } from './thing.ts';

/** In a sentence what it is, whether all of it is known, and where it is not what and why. */
export function lead({ explanation, page }: Thing): string {
  const { say } = page.speech;
  const { unverified, builtIn } = explanation;
  const how = verdictOf(explanation);
  const others = builtIn?.other.length ?? 0;
  const sentence = h('p.pl-lead.not-content', unsearched, [
    `${sentenceOf(explanation, page.speech)} `,
    ...(builtIn === null || others === 0
      ? [h('span.pl-verdict', { dataVerdict: how === 'known' ? undefined : how }, say(verdicts[how]))]
      : [
          h('span.pl-verdict', { dataVerdict: 'partly' }, [
            say('verdict.oneOf', { folder: builtIn.folder, count: others }),
            ...(how === 'known' ? [] : [` ${say(verdicts[how])}`]),
          ]),
        ]),
  ]);
  const rows = unverified.map(({ what, why, origin }) =>
    h('li', [
      h('strong', withCode(what)),
      ': ',
      ...withCode(why),
      ' ',
      ...(origin ? [place(origin, page)] : []),
    ]),
  );
  const note: Element[] = rows.length === 0 ? [] : [h('aside.pl-unverified-note.not-content', h('ul', rows))];
  return block(sentence, ...note);
}

/** Of one that deploys also what it deploys. */
function verdictOf({ unverified, sequence, unsequenced, isMade }: Explanation): Verdict {
  if (unverified.length === 0) return isMade ? 'made' : 'known';
  return unsequenced.length > 0 && sequence.length === 0 ? 'unrendered' : 'partly';
}

/** `Deployment in namespace backstage, deployed by application backstage-backstage in wave 0.` */
export function sentenceOf(explanation: Explanation, { say }: Speech): string {
  const { kind, namespace, isOfCluster, deployedBy, order, isMade } = explanation;
  const by = isMade
    ? say('thing.madeBy', {
        name: makersOf(explanation)
          .map(({ name }) => name)
          .join(', '),
      })
    : deployedBy === null
      ? ''
      : deployedBy.kind === 'Application' && order !== null
        ? say('resource.byApplication', { application: deployedBy.name, wave: order.wave })
        : say('resource.by', { kind: deployedBy.kind, name: deployedBy.name });
  if (namespace !== null) return say('thing.inNamespace', { kind, by, namespace });
  return say(isOfCluster ? 'thing.clusterScoped' : 'thing.noNamespace', { kind, by });
}

const verdicts = {
  known: 'verdict.known',
  made: 'verdict.made',
  partly: 'verdict.partly',
  unrendered: 'verdict.unrendered',
} as const;

type Verdict = keyof typeof verdicts;
