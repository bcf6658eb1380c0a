import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Find } from './judge.ts';
import type { Files } from './repository.ts';
import type { Task, Told } from './worker.ts';

/**
 * Judges repositories in a thread with a bound on its memory. One that takes longer than the limit is
 * ended, which is a find, and the next is begun in another thread.
 */
export async function campaign(options: Options): Promise<Outcome> {
  const folder = mkdtempSync(join(memory, 'plumbline-fuzz-'));
  const outcome: Outcome = { inputs: 0, repositories: 0, kinds: {}, finds: [], slowest: [] };
  try {
    for (let { from } = options; outcome.inputs < options.count; )
      from = await stretch(from, folder, options, outcome);
    return outcome;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Repositories until the thread ends, well or not. @returns the number that comes next. */
function stretch(from: number, folder: string, options: Options, outcome: Outcome): Promise<number> {
  const { seed, kind, limit, project, often = 1, onFind } = options;
  const task: Task = { folder, project, seed, kind, from, often, count: options.count - outcome.inputs };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: mostMemory, maxYoungGenerationSizeMb: mostYoung },
  });
  let current: Extract<Told, { type: 'begin' }> | null = null;
  let isJudged = false;
  let open: Find | null = null;
  let ending: Find = { oracle: 'crash', detail: 'the thread ended' };
  let watchdog: NodeJS.Timeout | undefined;
  const watch = (milliseconds: number) => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      ending = { oracle: 'hang', detail: `more than ${milliseconds / 1000} s` };
      void worker.terminate();
    }, milliseconds);
  };
  const found = ({ number, inputs }: NonNullable<typeof current>, find: Find, files: Files) => {
    const one = { ...find, files, number, inputs };
    outcome.finds.push(one);
    onFind?.(one);
  };
  worker.on('message', (told: Told) => {
    if (told.type === 'begin') {
      current = told;
      isJudged = false;
      outcome.inputs += told.inputs.length;
      outcome.repositories += 1;
      for (const one of told.inputs) outcome.kinds[one] = (outcome.kinds[one] ?? 0) + 1;
      watch(limit);
      options.onBegin?.(outcome.inputs);
    } else if (told.type === 'step') {
      if (!isJudged) watch(limit);
    } else if (current !== null && told.type === 'end') {
      isJudged = true;
      clearTimeout(watchdog);
      const one = { number: current.number, inputs: current.inputs, milliseconds: told.milliseconds };
      outcome.slowest = [...outcome.slowest, one]
        .toSorted((a, b) => b.milliseconds - a.milliseconds)
        .slice(0, 5);
    } else if (current !== null && told.type === 'find') {
      open = told.find;
      watch(3 * limit);
    } else if (current !== null && told.type === 'smallest' && open !== null) {
      clearTimeout(watchdog);
      found(current, open, told.files);
      open = null;
    }
  });
  worker.on('error', (error: Error & { code?: string }) => {
    const oracle = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash';
    ending = { oracle, detail: error.stack ?? error.message };
  });
  return new Promise((resolve) => {
    worker.on('exit', () => {
      clearTimeout(watchdog);
      const last = current as Extract<Told, { type: 'begin' }> | null;
      if (last === null) return resolve(from + 1);
      // One that did not get smaller in time is told as it was.
      if (open !== null) found(last, open, last.files);
      else if (!isJudged) found(last, ending, last.files);
      resolve(last.number + 1);
    });
  });
}

/** Thousands of small files are best kept in memory, where the system has a folder there. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** MiB. */
const mostMemory = 1024;
/** MiB. What a repository needs is garbage once it is judged; with less room it is kept for long. */
const mostYoung = 64;

export interface Options {
  project: string;
  seed: number;
  /** The number of the first repository. */
  from: number;
  /** Inputs, or a few more, as those of a repository are tried together. */
  count: number;
  /** Only this kind. */
  kind?: string | undefined;
  /** How many times as often a repository is tried with more than `check`; 1 by default. */
  often?: number;
  /** Milliseconds for one command. */
  limit: number;
  onBegin?: ((inputs: number) => void) | undefined;
  onFind?: ((find: NumberedFind) => void) | undefined;
}

export interface NumberedFind extends Find {
  /** Of the repository. */
  number: number;
  inputs: string[];
  /** As few and small as still show it. */
  files: Files;
}

export interface Outcome {
  inputs: number;
  repositories: number;
  /** How many of each kind. */
  kinds: Record<string, number>;
  finds: NumberedFind[];
  slowest: { number: number; inputs: string[]; milliseconds: number }[];
}
