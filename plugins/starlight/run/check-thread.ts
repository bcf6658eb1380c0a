/**
 * A thread of its own that checks all pages while Astro starts, tells the outcome and ends. What it read and built ends with it,
 * so that a build in which no page has changed never loads the engine beside Astro.
 */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome } from './check-outcome.ts';
import type { SiteOptions } from './site-run.ts';

enableCompileCache();
const options = workerData as SiteOptions;
try {
  const [{ keyOf, recall, remember }, { defaultCacheDirectory, openCache }] = await Promise.all([
    import('./remembered-outcome.ts'),
    import('../../source/index.ts'),
  ]);
  const cache = openCache(defaultCacheDirectory(options.root));
  const key = await keyOf(options);
  const known = key === null ? undefined : await recall(cache, key);
  if (known) tell({ outcome: known });
  else {
    const outcome = await checked();
    tell({ outcome });
    // What was edited while the check ran is not what the key names.
    if (key !== null && (await keyOf(options)) === key) await remember(cache, key, outcome);
  }
} catch (error) {
  // Errors lose what is theirs alone on the way between threads.
  const { name, message, stack, help } = error as Error & { help?: unknown };
  tell({ failure: { name, message, stack, help: typeof help === 'string' ? help : null } });
}

async function checked(): Promise<Outcome> {
  const [{ createEngine }, { outcomeOf }, { engineOptions }] = await Promise.all([
    import('../../engine/index.ts'),
    import('./check-outcome.ts'),
    import('./site-run.ts'),
  ]);
  const engine = await createEngine(engineOptions(options));
  try {
    return await outcomeOf(engine, options);
  } finally {
    await engine.dispose();
  }
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
