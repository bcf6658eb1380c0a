import { h } from 'hastscript';
import { type Explanation, withoutContinued } from '../../../engine/index.ts';
import { block, refById } from '../html.ts';
import { shortPlace } from './places.ts';
import type { Thing, ThingKind } from './thing.ts';

/** Of what takes part in a route of events: the whole route as a sentence, and below it step by step. */
export const events: ThingKind = {
  is: ({ group, kind }) => group === 'argoproj.io' && kinds.has(kind),
  sections: (thing) => {
    const { events: routes } = thing.explanation;
    if (routes.length === 0) return [];
    const { said, say } = thing.page.speech;
    const parts = withoutContinued(routes).map(({ chain }) =>
      h('section.pl-route', [
        h('p.pl-route-said', said(chain.said)),
        steps(chain.steps, thing),
        ...chain.next.flatMap((one) => [
          h('p.pl-route-then', [h('strong', say('chain.then')), ' ', said(one.said)]),
          steps(one.steps, thing),
        ]),
      ]),
    );
    return [{ title: say('chain.title'), body: block(h('div.pl-routes.not-content', parts)) }];
  },
};

function steps(all: Steps, thing: Thing) {
  return h(
    'ol.pl-chain',
    all.map(({ id, said, origin }) =>
      h('li', { class: id === thing.explanation.id ? 'pl-here' : undefined }, [
        refById(id, thing.page),
        ` ${thing.page.speech.said(said)} `,
        shortPlace(origin, thing),
      ]),
    ),
  );
}

const kinds = new Set(['EventSource', 'Sensor', 'EventBus', 'WorkflowTemplate', 'ClusterWorkflowTemplate']);

type Steps = Explanation['events'][number]['chain']['steps'];
