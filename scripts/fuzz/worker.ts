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

const { folder, project, seed, kind, from, count, often } = workerData as Task;
const [cache, temporary] = [join(folder, 'cache'), join(folder, 'temporary')];
process.env.PLUMBLINE_CACHE = cache;
process.env.TMPDIR = temporary;
let lost: Find[] = [];
let kept: Repository | undefined;
process.on('unhandledRejection', (error) => {
  lost.push({
    oracle: 'crash',
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
});
const d2 = createD2({ cache: openCache(null), size: 1 });
const seeds = readSeeds(project);
await mainLoop();
await d2.dispose();

async function mainLoop(): Promise<void> {
  for (let number = from, left = count; left > 0; number += 1) {
    const repository = made(number);
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

async function judged(repository: Repository, files: Files): Promise<Find[]> {
  const { number } = repository;
  const root = join(folder, 'repository');
  const next = made(number + 1);
  const planted = [repository, next].flatMap((one) => one.planted ?? []);
  for (const path of [root, temporary, cache]) mkdirSync(path, { recursive: true });
  const left = leftIn(temporary).map((name) => join(temporary, name));
  for (const path of [root, join(folder, 'pictures'), ...left])
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
      { folder, root, files, other: () => next.files, cache, temporary, planted, d2, draws, often, onStep },
      createRandom(seed, number, 'judge'),
    );
    return [...finds, ...lost];
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ oracle: 'crash', detail }, ...lost];
  }
}

/** One is asked for twice: it is what the one before is compared with. */
function made(number: number): Repository {
  const repository = kept?.number === number ? kept : repositoryOf(number, { seed, kind }, seeds);
  kept = repository;
  return repository;
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
  /** How many times as often what is not done for each repository is. */
  often: number;
}

/** In turn: what is begun ends, then each find of it is told, and told again smaller. */
export type Told =
  | { type: 'begin'; number: number; inputs: string[]; files: Files }
  | { type: 'step' }
  | { type: 'end'; milliseconds: number }
  | { type: 'find'; find: Find }
  | { type: 'smallest'; files: Files };
