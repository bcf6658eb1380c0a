/**
 * A thread that checks the pages of one site after another, as `check-thread.ts` does once: what it loads and
 * the D2 that draws for it are then there already. Each order says its options, and whether the site counts
 * its own engines.
 */
import { parentPort } from 'node:worker_threads';
import { checkOnce } from '../../plugins/starlight/run/check-once.ts';
import type { SiteOptions } from '../../plugins/starlight/run/options.ts';
import { d2 } from '../d2/helpers.ts';

let last: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ options, isShared }: CheckOrder) => {
  last = last.then(() =>
    checkOnce(options, (reply) => parentPort?.postMessage(reply), isShared ? { d2 } : {}),
  );
});

export interface CheckOrder {
  options: SiteOptions;
  isShared: boolean;
}
