/**
 * A thread that checks the pages of one site after another, as `check-thread.ts` does once: what it loads and
 * the D2 that draws for it are then there already. With each order comes whether the site counts its own
 * engines, and what is answered has its number; null is the end.
 */
import { parentPort } from 'node:worker_threads';
import { type CheckOrder, checkOnce, type ThreadReply } from '../../plugins/starlight/run/check-once.ts';
import { d2 } from '../d2/helpers.ts';

let last: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ number, order, isShared }: SharedOrder) => {
  const post = (reply: ThreadReply | null) =>
    parentPort?.postMessage({ number, reply } satisfies SharedReply);
  last = last.then(() => checkOnce(order, post, isShared ? { d2 } : {})).finally(() => post(null));
});

export interface SharedOrder {
  number: number;
  order: CheckOrder;
  isShared: boolean;
}

export interface SharedReply {
  number: number;
  reply: ThreadReply | null;
}
