/** The mutants of the reference platform, and threads that try them. */
import { once } from 'node:events';
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { d2 } from '../d2/helpers.ts';
import { type Mutant, mutantsOf, normalised, withoutFile } from './mutants.ts';
import { type Outcome, openTrial, type Task, type Trial } from './try-mutants.ts';

const project = resolve(import.meta.dirname, '../..');

/** A copy of the manifests and the pages, each manifest written as its mutants will be. */
export function copyPlatform(root: string): void {
  for (const part of ['IT', 'K8s', 'ci', 'docs', 'plumbline.yaml'])
    cpSync(join(project, part), join(root, part), { recursive: true });
  for (const file of manifestsIn(root)) {
    if (file.endsWith('.yaml'))
      writeFileSync(join(root, file), normalised(readFileSync(join(root, file), 'utf8')));
  }
}

/** All mutants, by file. */
export function platformMutants(root: string): Task[] {
  return manifestsIn(root).map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return { text, mutants: file.endsWith('.yaml') ? mutantsOf(file, text) : [withoutFile(file)] };
  });
}

/**
 * The first of each kind of change to each field of a kind, in each layer: pages speak of all that are alike
 * in the same way.
 */
export function sampleOf(tasks: Task[]): Task[] {
  const seen = new Set<string>();
  return tasks.map(({ text, mutants }) => ({
    text,
    mutants: mutants.filter((mutant) => {
      const field = fieldOf(mutant);
      if (seen.has(field)) return false;
      seen.add(field);
      return true;
    }),
  }));
}

/**
 * Which mutants a run tries, as `PLUMBLINE_MUTANTS` says: `all` of them, the whole `sample`, or a share of it
 * (`3/128`). Without a word the share goes by the day, so that each has its turn.
 */
export function chosen(tasks: Task[], said: string | undefined): { tasks: Task[]; name: string } {
  if (said === 'all') return { tasks, name: 'all' };
  const sample = sampleOf(tasks);
  if (said === 'sample') return { tasks: sample, name: 'sample' };
  // Every second day one, so that each has its turn.
  const today = (Math.floor(Date.now() / 86_400_000 / 2) % shares) + 1;
  const name = said || `${today}/${shares}`;
  const [number = 0, of = 0] = name.match(/^\d+\/\d+$/) ? name.split('/').map(Number) : [];
  if (number < 1 || number > of) throw new Error(`PLUMBLINE_MUTANTS is ${said}: give all, sample, or 3/128`);
  return { tasks: shareOf(sample, number, of), name };
}

/**
 * A comment added to a manifest: no mutant, but an edit that changes nothing, for which every page is asked.
 * @param name of the share: those of other manifests are another's, and where there is none, of every 25th.
 */
export function idleEdits(tasks: Task[], name: string): Task[] {
  const edits = tasks.flatMap(({ text, mutants: [first] }) =>
    first?.file.endsWith('.yaml')
      ? [{ text, mutants: [{ ...first, what: 'a comment added', text: `# A comment.\n${text}` }] }]
      : [],
  );
  const [number = 1, of = 25] = name.includes('/') ? name.split('/').map(Number) : [];
  return shareOf(edits, number, of);
}

/**
 * Every so many-th of all mutants, from the `number`-th on: all shares together are all mutants, each once.
 */
function shareOf(tasks: Task[], number: number, of: number): Task[] {
  let index = 0;
  return tasks.map(({ text, mutants }) => ({
    text,
    mutants: mutants.filter(() => index++ % of === number - 1),
  }));
}

const shares = 128;

/** What mutants have in common that differ in their file, position and value alone. */
function fieldOf({ kind, path, what, file }: Mutant): string {
  const [layer] = file.split('/');
  const change = what.replace(/ \(.*/, '').replace(/.* → .*/, 'changed');
  const field = kind === 'file' ? file.replace(/.*\//, '') : path.replaceAll(/\[\d+\]/g, '[]');
  return [layer, kind, field, change].join(' ');
}

/**
 * Tries mutants: in this process where there is one copy of the platform, as a thread would load all that is
 * loaded here; else each thread in a copy of its own.
 * @param folders copies of the platform
 * @param limit of seconds without a word from a thread, after which it hangs
 */
export async function tryMutants(
  tasks: Task[],
  folders: string[],
  limit: number,
): Promise<Map<Mutant, Outcome>> {
  const outcomes = new Map<Mutant, Outcome>();
  const queue = tasks
    .filter(({ mutants }) => mutants.length > 0)
    .sort((a, b) => b.mutants.length - a.mutants.length);
  const isAlone = folders.length === 1;
  await Promise.all(
    folders.map(async (root) => {
      const trial = await (isAlone ? openTrial({ root, d2 }) : openThread(root, limit));
      try {
        for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
          const found = await trial.outcomesOf(task);
          for (const [index, mutant] of task.mutants.entries())
            outcomes.set(mutant, found[index] ?? { threw: 'no answer' });
        }
      } finally {
        await trial.dispose();
      }
    }),
  );
  return outcomes;
}

async function openThread(root: string, limit: number): Promise<Trial> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { root } });
  const trial: Trial = {
    outcomesOf(task) {
      worker.postMessage(task);
      return answerOf(worker, limit, task.mutants[0]?.file ?? '');
    },
    dispose: async () => void (await worker.terminate()),
  };
  await answerOf(worker, limit, 'the platform as it is');
  return trial;
}

async function answerOf(worker: Worker, seconds: number, what: string): Promise<Outcome[]> {
  const signal = AbortSignal.timeout(seconds * 1000);
  try {
    const [outcomes] = (await once(worker, 'message', { signal })) as [Outcome[]];
    return outcomes;
  } catch (error) {
    if (signal.aborted) throw new Error(`${what}: no answer for ${seconds} s`);
    throw error;
  }
}

function manifestsIn(root: string): string[] {
  return globSync('{IT,K8s}/**/*.*', { cwd: root }).sort();
}
