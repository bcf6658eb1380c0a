import type { Speech } from '../../../words/index.ts';

/**
 * What the script in the browser writes on its copy buttons, for commands and code below: pages that are made
 * by the hundred carry no other words for it.
 */
export function copyWords({ say }: Speech): { dataCopy: string } {
  return { dataCopy: `${say('thing.copy')}|${say('thing.copied')}` };
}
