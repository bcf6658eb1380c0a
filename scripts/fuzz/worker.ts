/**
 * A thread that judges repositories one after another and says when it begins and ends each: whoever
 * started it ends it where one takes too long.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createD2 } from '../../plugins/d2/index.ts';
import { openCache } from '../../plugins/source/index.ts';
import { type Find, judge } from './judge.ts';
import { type Repository, repositoryOf } from './kinds.ts';
import { createRandom } from './random.ts';
import { type Files, leftIn, writeFiles } from './repository.ts';
import { readSeeds } from './seeds.ts';
import { shrunk } from './shrink.ts';

const { folder, project, seed, kind, from, count } = workerData as Task;
const [cache, temporary] = [join(folder, 'cache'), join(folder, 'temporary')];
process.env.PLUMBLINE_CACHE = cache;
process.env.TMPDIR = temporary;
let lost: Find[] = [];
process.on('unhandledRejection', (error) => {
  lost.push({
    oracle: 'crash',
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
});
const d2 = createD2({ cache: openCache(null), size: 1 });
await mainLoop();
await d2.dispose();

async function mainLoop(): Promise<void> {
  const seeds = readSeeds(project);
  for (let number = from, left = count; left > 0; number += 1) {
    const repository = repositoryOf(number, { seed, kind }, seeds);
    const { inputs, files } = repository;
    left -= inputs.length;
    tell({ type: 'begin', number, inputs, files });
    const start = performance.now();
    const finds = await judged(repository, files);
    tell({ type: 'end', milliseconds: performance.now() - start });
    for (const find of finds.slice(0, 3)) {
      tell({ type: 'find', find });
      tell({ type: 'smallest', files: await smallest(find, repository) });
    }
  }
}

async function judged({ number, planted }: Repository, files: Files): Promise<Find[]> {
  const root = join(folder, 'repository');
  for (const path of [root, temporary, cache]) mkdirSync(path, { recursive: true });
  for (const path of [root, ...leftIn(temporary).map((name) => join(temporary, name))])
    rmSync(path, { recursive: true, force: true });
  mkdirSync(root);
  writeFiles(root, files);
  lost = [];
  const draws = Object.entries(files).some(
    ([path, text]) => /\.mdx?$/.test(path) && String(text).includes('```d2'),
  );
  const onStep = () => tell({ type: 'step' });
  try {
    const finds = await judge(
      { root, cache, temporary, planted, d2, draws, onStep },
      createRandom(seed, number, 'judge'),
    );
    return [...finds, ...lost];
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ oracle: 'crash', detail }, ...lost];
  }
}

async function smallest({ oracle }: Find, repository: Repository): Promise<Files> {
  const isSame = async (files: Files) =>
    (await judged(repository, files)).some((other) => other.oracle === oracle);
  return shrunk(repository.files, isSame);
}

function tell(message: Told): void {
  parentPort?.postMessage(message);
}

export interface Task {
  /** Where everything is written. */
  folder: string;
  /** Where the files that are mutated lie. */
  project: string;
  seed: number;
  kind?: string | undefined;
  /** The number of the first repository, and how many inputs are wanted from there on. */
  from: number;
  count: number;
}

/** In turn: what is begun ends, then each find of it is told, and told again smaller. */
export type Told =
  | { type: 'begin'; number: number; inputs: string[]; files: Files }
  | { type: 'step' }
  | { type: 'end'; milliseconds: number }
  | { type: 'find'; find: Find }
  | { type: 'smallest'; files: Files };
