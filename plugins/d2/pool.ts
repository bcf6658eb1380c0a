import type { Patience } from '../base/index.ts';
import { type Instance, type Job, type JobReply, startInstance } from './worker/instance.ts';

/**
 * A pool of D2 engines. Nothing starts before the first job (or `warm`), and a further engine starts only
 * when so much waits that its start (over half a second of a core, and 0.2 GB) is worth it. An engine that
 * overruns its time or dies is replaced.
 */
export function createPool({ size, patience, host }: PoolOptions): Pool {
  const running = new Set<Instance>();
  const idle: Instance[] = [];
  const waiting: Waiting[] = [];
  let disposed = false;

  const start = async (): Promise<void> => {
    try {
      const instance = startInstance(host);
      running.add(instance);
      const outcome = await instance.ready;
      if (outcome.type !== 'ready') {
        running.delete(instance);
        const reason = outcome.type === 'died' ? outcome.reason : 'it took longer than a minute';
        throw new Error(`The D2 engine did not start: ${reason}`);
      }
      idle.push(instance);
    } catch (error) {
      if (running.size === 0) for (const job of waiting.splice(0)) job.reject(error);
    }
    next();
  };

  const startFor = (jobs: number): void => {
    const worth = Math.min(size, Math.ceil(jobs / worthAnother));
    for (let count = running.size; count < worth; count++) void start();
  };

  const next = (): void => {
    if (disposed) return;
    for (let instance = idle.pop(); instance !== undefined; instance = idle.pop()) {
      const job = waiting.shift();
      if (job === undefined) {
        idle.push(instance);
        break;
      }
      void serve(instance, job);
    }
    startFor(waiting.length);
  };

  const serve = async (instance: Instance, waited: Waiting): Promise<void> => {
    let limit = 0;
    const outcome = await patience.wait((milliseconds) => {
      limit = milliseconds;
      return instance.draw(waited.job, milliseconds);
    });
    if (outcome === null) {
      idle.push(instance);
      waited.resolve(failure('D2 was not asked, as other diagrams had taken too long before'));
      return next();
    }
    if (outcome.type === 'reply') {
      idle.push(instance);
      waited.resolve({ ...outcome.reply, lasting: true });
      return next();
    }
    running.delete(instance);
    if (disposed) return waited.reject(new Error(gone));
    if (outcome.type === 'late') waited.resolve(failure(`D2 did not finish within ${limit / 1000} s`));
    else if (waited.tries > 0)
      waited.resolve(failure(`D2 died twice over this diagram: ${reasonOf(outcome)}`));
    else waiting.unshift({ ...waited, tries: 1 });
    next();
  };

  return {
    draw: (job) =>
      new Promise((resolve, reject) => {
        if (disposed) return reject(new Error(gone));
        if (size < 1) return reject(new Error('This D2 pool has no engine: it answers from the cache alone'));
        waiting.push({ job, tries: 0, resolve, reject });
        next();
      }),
    warm: (jobs) => {
      if (!disposed) startFor(jobs);
    },
    rest: async () => {
      const resting = waiting.length === 0 ? idle.splice(0) : [];
      for (const instance of resting) running.delete(instance);
      await Promise.all(resting.map((instance) => instance.stop()));
    },
    dispose: async () => {
      disposed = true;
      for (const job of waiting.splice(0)) job.reject(new Error(gone));
      await Promise.all([...running].map((instance) => instance.stop()));
      running.clear();
    },
  };
}

function failure(message: string): Drawn {
  return { compiled: { ok: false, errors: [], unfinished: message }, drawing: null, lasting: false };
}

function reasonOf(outcome: { type: string; reason?: string }): string {
  return outcome.reason ?? outcome.type;
}

/** Jobs waiting per engine above which another engine pays for its start. */
const worthAnother = 6;
const gone = 'The D2 pool has been disposed of';

export interface PoolOptions {
  size: number;
  /** How long a diagram may take. */
  patience: Patience;
  /** The module of another engine, which tests of the pool need not wait for. */
  host?: URL;
}

export interface Pool {
  draw(job: Job): Promise<Drawn>;
  /** Starts the engines ahead that so many jobs are worth. */
  warm(jobs: number): void;
  /** Ends the engines that have nothing to do; the next job starts one anew. */
  rest(): Promise<void>;
  /** Ends every engine; what still waits is rejected. */
  dispose(): Promise<void>;
}

/** `lasting`: the same input would give the same again, so that it may be cached. */
export type Drawn = JobReply & { lasting: boolean };

interface Waiting {
  job: Job;
  tries: number;
  resolve: (drawn: Drawn) => void;
  reject: (error: unknown) => void;
}
