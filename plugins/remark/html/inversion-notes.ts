import type { Element } from 'hast';
import { h } from 'hastscript';
import type { WaveLanes } from '../../views/index.ts';
import type { ElementContext } from './hast.ts';

/** What comes before what it needs, a line each. */
export function inversionNotes(inversions: WaveLanes['inversions'], page: ElementContext): Element[] {
  return inversions.map(({ consumer, provider }) =>
    h(
      'p.pl-note.pl-bad',
      page.speech.say('waves.inverted', {
        consumer: referenceOf(consumer, page),
        provider: referenceOf(provider, page),
      }),
    ),
  );
}

function referenceOf(id: string, { platform }: ElementContext): string {
  const resource = platform.resource(id);
  return resource === undefined ? id : platform.referenceOf(resource);
}
