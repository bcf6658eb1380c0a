import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';
import threads from 'node:worker_threads';
import type { CheckOrder } from '../../plugins/starlight/run/check-once.ts';
import type { SharedOrder } from './check-again.ts';

/**
 * Has one thread check the pages of all sites that this process builds, which else each load our modules
 * anew: a fourth of a small build.
 * @param isShared whether the site that is built takes part in what others keep.
 */
export function checkInOneThread(isShared: () => boolean): void {
  const { Worker } = threads;
  let kept: threads.Worker | undefined;
  /** Stands for the thread of a site; it ends with its answer. */
  class OneCheck extends EventEmitter {
    constructor(order: CheckOrder) {
      super();
      kept ??= new Worker(join(import.meta.dirname, 'check-again.ts'), { env: threads.SHARE_ENV });
      const thread = kept;
      const ended = (error: unknown) => {
        kept = undefined;
        this.emit('error', error);
      };
      thread.once('error', ended);
      thread.once('message', (reply) => {
        thread.off('error', ended);
        this.emit('message', reply);
      });
      thread.postMessage({ order, isShared: isShared() } satisfies SharedOrder);
    }
  }
  threads.Worker = new Proxy(Worker, {
    construct: (target, [path, options]: ConstructorParameters<typeof Worker>) =>
      path === program ? new OneCheck(options?.workerData) : new target(path, options),
  });
  syncBuiltinESMExports();
}

const program = resolve(import.meta.dirname, '../../plugins/starlight/run/check-thread.ts');
