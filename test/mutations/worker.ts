/** A thread with a copy of the platform of its own, in which it tries mutants. */
import { parentPort, workerData } from 'node:worker_threads';
import { openTrial, type Task } from './try-mutants.ts';

const trial = await openTrial(workerData as { root: string });
parentPort?.on('message', async (task: Task) => {
  parentPort?.postMessage(await trial.outcomesOf(task));
});
parentPort?.postMessage([]);
