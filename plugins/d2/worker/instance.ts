import { fork } from 'node:child_process';
import { moduleBeside } from '../../base/index.ts';
import type { Compiled, D2Input } from '../types.ts';
import { engineDirectory } from './engine-files.ts';

/**
 * Starts one engine in a process of its own. It answers one job at a time (the caller sees to that) and lets
 * this process exit while it has none.
 */
export function startInstance(host: URL | string = moduleBeside(import.meta.url, 'host')): Instance {
  const child = fork(host, [engineDirectory()], {
    // V8 looks through a small heap again and again while it grows; here hardly anything that is old goes. Of
    // what is young most goes at once: more room than this for it takes 40 MB and no time less.
    execArgv: ['--initial-old-space-size=128', '--max-semi-space-size=4'],
    serialization: 'advanced',
    // Diagrams are untrusted, and D2 needs nothing of the environment.
    env: {},
    // Go prints to the console; standard output belongs to the command line.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let settle: ((outcome: DrawingOutcome) => void) | null = null;
  let fate: DrawingOutcome | null = null;

  const finish = (outcome: DrawingOutcome): void => {
    if (outcome.type === 'died') fate ??= outcome;
    const waiting = settle;
    settle = null;
    child.unref();
    child.channel?.unref();
    waiting?.(outcome);
  };
  child.on('message', (message: 'ready' | JobReply) =>
    finish(message === 'ready' ? { type: 'ready' } : { type: 'reply', reply: message }),
  );
  child.on('error', (error: Error) => finish({ type: 'died', reason: error.message }));
  child.on('exit', (code, signal) =>
    finish({ type: 'died', reason: `its process ended with ${signal ?? `code ${code}`}` }),
  );

  const wait = (milliseconds: number, begin: () => void): Promise<DrawingOutcome> => {
    if (fate !== null) return Promise.resolve(fate);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        finish({ type: 'late' });
        child.kill('SIGKILL');
      }, milliseconds);
      settle = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      child.ref();
      child.channel?.ref();
      begin();
    });
  };

  return {
    ready: wait(startLimit, () => {}),
    draw: (job, milliseconds) => wait(milliseconds, () => child.send(job)),
    stop: async () => {
      if (fate !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.ref();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Milliseconds that an engine may take to start, on a machine busy with other things. */
const startLimit = 60_000;

export interface Instance {
  ready: Promise<DrawingOutcome>;
  draw(job: Job, milliseconds: number): Promise<DrawingOutcome>;
  stop(): Promise<void>;
}

type DrawingOutcome =
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
  /** Those of the further boards, by their ids. */
  boards: Record<string, string>;
  /** Its colours, where the author chose a theme. */
  theme: AuthorTheme | null;
}

export type AuthorTheme = Record<string, { light: string; dark: string }>;
