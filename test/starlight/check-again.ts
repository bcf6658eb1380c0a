/**
 * A thread that checks the pages of one site after another, as `check-thread.ts` does once: what it loads and
 * the D2 that draws for it are then there already. With each order comes whether the site counts its own
 * engines.
 */
import { parentPort } from 'node:worker_threads';
import { type CheckOrder, checkOnce } from '../../plugins/starlight/run/check-once.ts';
import { d2 } from '../d2/helpers.ts';

let last: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ order, isShared }: SharedOrder) => {
  last = last.then(() => checkOnce(order, (reply) => parentPort?.postMessage(reply), isShared ? { d2 } : {}));
});

export interface SharedOrder {
  order: CheckOrder;
  isShared: boolean;
}
