import { h } from 'hastscript';
import type { Explanation } from '../../../engine/index.ts';
import { type Content, lanesElement, listElement } from '../../../remark/index.ts';
import type { Speech } from '../../../words/index.ts';
import { block, refById, unsearched } from '../html.ts';
import type { Section, Thing } from './thing.ts';

/**
 * What an application applies in which wave, or the waves of the application that deploys it with its own
 * marked; of what Flux deploys its stages.
 */
export function orderSection({ explanation, page }: Thing): Section[] {
  const { sequence, unsequenced, flux, waves, id } = explanation;
  if (waves !== null) {
    const isOwn = waves.application === id;
    const lanes = lanesElement(waves, page, { names: isOwn });
    if (!isOwn) Object.assign(lanes.properties, unsearched);
    return waves.lanes.length + waves.unread.length === 0
      ? []
      : [{ title: page.speech.say('resource.syncOrder'), body: block(lanes) }];
  }
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
  const unknown =
    unsequenced.length === 0
      ? []
      : [
          h('li.pl-unknown', [
            h('span.pl-step', say('resource.anyWave')),
            say('resource.notRead', { names: namesOf(unsequenced, page.speech) }),
          ]),
        ];
  return [
    {
      title: say(flux === null ? 'resource.syncOrder' : 'resource.applies'),
      body: block(h('ol.pl-steps.not-content', [...steps, ...unknown])),
    },
  ];
}

/**
 * `wave -2, step 1 of 4`: the place of a resource in the sequence of the application that deploys it; where
 * some of that is not known, what.
 */
export function orderWords({ deployedBy, mayDeploy }: Explanation, order: Order, speech: Speech): Content {
  const { say } = speech;
  const wave = waveWords(order, speech);
  if (deployedBy === null && order.waveSet && mayDeploy.isSure)
    return [wave, ' ', h('span.pl-warn', say('resource.waveMeansNothing'))];
  const set = order.waveSet ? wave : say('resource.waveNotSet', { wave });
  const { step, steps, unknown } = order;
  if (unknown.length > 0)
    return [set, ' ', h('span.pl-muted', say('resource.stepUnknown', { names: namesOf(unknown, speech) }))];
  return step === null || steps === null ? set : say('resource.waveStep', { wave: set, step, steps });
}

/** The first few by name. */
function namesOf(names: readonly string[], { say }: Speech): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? say('names.more', { names: shown, count: names.length - 3 }) : shown;
}

/** True where nothing of Argo CD's waves is to tell. */
export function isFlux({ deployedBy, flux, reconciler }: Explanation): boolean {
  return flux !== null || reconciler === 'Flux' || (deployedBy !== null && deployedBy.kind !== 'Application');
}

/** `wave -2`, with the phase before it where that is not `Sync`. */
function waveWords({ phase, wave }: { phase: string | null; wave: number }, { say }: Speech): string {
  if (phase === null) return say('resource.noSync');
  return phase === 'Sync' ? say('cell.wave', { wave }) : say('resource.phaseWave', { phase, wave });
}

type Order = NonNullable<Explanation['order']>;
