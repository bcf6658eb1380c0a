/**
 * A thread of its own that checks all pages while Astro starts, tells the outcome and ends. What it read and built ends with it,
 * so that a build in which no page has changed never loads the engine beside Astro.
 */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome } from './outcome.ts';
import type { SiteOptions } from './run.ts';

enableCompileCache();
const [{ createEngine }, { outcomeOf }, { engineOptions }] = await Promise.all([
  import('../remark/index.ts'),
  import('./outcome.ts'),
  import('./run.ts'),
]);
const options = workerData as SiteOptions;
try {
  const engine = await createEngine(engineOptions(options));
  const outcome = await outcomeOf(engine, options);
  await engine.dispose();
  tell({ outcome });
} catch (error) {
  // Errors lose what is theirs alone on the way between threads.
  const { name, message, stack, help } = error as Error & { help?: unknown };
  tell({ failure: { name, message, stack, help: typeof help === 'string' ? help : null } });
}

function tell(reply: ThreadReply): void {
  parentPort?.postMessage(reply);
}

export type ThreadReply = { outcome: Outcome } | { failure: Failure };

export interface Failure {
  name: string;
  message: string;
  stack: string | undefined;
  /** How to mend it, where that is known. */
  help: string | null;
}
