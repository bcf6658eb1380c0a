import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';
import threads from 'node:worker_threads';
import type { CheckOrder } from '../../plugins/starlight/run/check-once.ts';
import type { SharedOrder, SharedReply } from './check-again.ts';

/**
 * Has one thread check the pages of all sites that this process builds, which else each load our modules
 * anew: a fourth of a small build.
 * @param isShared whether the site that is built takes part in what others keep.
 */
export function checkInOneThread(isShared: () => boolean): void {
  const { Worker } = threads;
  let kept: threads.Worker | undefined;
  let orders = 0;
  /** Stands for the thread of a site. */
  class OneCheck extends EventEmitter {
    constructor(order: CheckOrder) {
      super();
      kept ??= new Worker(join(import.meta.dirname, 'check-again.ts'), { env: threads.SHARE_ENV });
      const thread = kept;
      const ended = (error: unknown) => {
        kept = undefined;
        this.emit('error', error);
      };
      const number = ++orders;
      const hear = (told: SharedReply) => {
        if (told.number !== number) return;
        if (told.reply !== null) return void this.emit('message', told.reply);
        thread.off('error', ended).off('message', hear);
        this.emit('exit', 0);
      };
      thread.once('error', ended).on('message', hear);
      thread.postMessage({ number, order, isShared: isShared() } satisfies SharedOrder);
    }
  }
  threads.Worker = new Proxy(Worker, {
    construct: (target, [path, options]: ConstructorParameters<typeof Worker>) =>
      path === program ? new OneCheck(options?.workerData) : new target(path, options),
  });
  syncBuiltinESMExports();
}

const program = resolve(import.meta.dirname, '../../plugins/starlight/run/check-thread.ts');
