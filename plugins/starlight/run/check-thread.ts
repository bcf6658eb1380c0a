/**
 * A thread of its own that checks all pages while Astro starts, posts the outcome and ends. What it read and
 * built ends with it, so that a build in which no page has changed never loads the engine beside Astro.
 */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckOrder } from './check-once.ts';

enableCompileCache();
const { checkOnce } = await import('./check-once.ts');
await checkOnce(workerData as CheckOrder, (reply) => parentPort?.postMessage(reply));
