import { Worker } from 'node:worker_threads';
import type { Compiled, D2Input } from '../types.ts';
import { engineDirectory } from './files.ts';

/**
 * Starts one engine in a worker thread. It answers one job at a time (the caller sees to that) and lets the process exit
 * while it has none.
 */
export function startInstance(module: WebAssembly.Module): Instance {
  // As this file is named, `.ts` in the checkout and `.js` in a built package, so is its neighbour.
  const host = new URL(`./host.${import.meta.url.split('?')[0]?.split('.').at(-1)}`, import.meta.url);
  const worker = new Worker(host, {
    workerData: { directory: engineDirectory(), module },
    // Go prints to the console; standard output belongs to the command line.
    stdout: true,
    stderr: true,
  });
  let settle: ((outcome: Outcome) => void) | null = null;
  let fate: Outcome | null = null;

  const finish = (outcome: Outcome): void => {
    if (outcome.type === 'died') fate ??= outcome;
    const waiting = settle;
    settle = null;
    worker.unref();
    waiting?.(outcome);
  };
  worker.on('message', (message: 'ready' | JobReply) =>
    finish(message === 'ready' ? { type: 'ready' } : { type: 'reply', reply: message }),
  );
  worker.on('error', (error: Error) => finish({ type: 'died', reason: error.message }));
  worker.on('exit', (code) => finish({ type: 'died', reason: `its worker exited with code ${code}` }));

  const wait = (milliseconds: number, begin: () => void): Promise<Outcome> => {
    if (fate !== null) return Promise.resolve(fate);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        finish({ type: 'late' });
        void worker.terminate();
      }, milliseconds);
      settle = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      worker.ref();
      begin();
    });
  };

  return {
    ready: wait(startLimit, () => {}),
    draw: (job, milliseconds) => wait(milliseconds, () => worker.postMessage(job)),
    stop: async () => {
      await worker.terminate();
    },
  };
}

/** Milliseconds that an engine may take to start, on a machine busy with other things. */
const startLimit = 60_000;

export interface Instance {
  ready: Promise<Outcome>;
  draw(job: Job, milliseconds: number): Promise<Outcome>;
  stop(): Promise<void>;
}

export type Outcome =
  | { type: 'ready' }
  | { type: 'reply'; reply: JobReply }
  | { type: 'late' }
  | { type: 'died'; reason: string };

export interface Job {
  input: D2Input;
  /** D2's render options where the diagram does not choose its own. */
  defaults: Record<string, unknown>;
}

export interface JobReply {
  compiled: Compiled;
  /** Null where the text does not compile. */
  drawing: Drawing | null;
}

export interface Drawing {
  /** D2's SVG without its styles. */
  svg: string;
  /** Its colours, where the author chose a theme. */
  theme: AuthorTheme | null;
}

export type AuthorTheme = Record<string, { light: string; dark: string }>;
