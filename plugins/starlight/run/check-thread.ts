/**
 * A thread of its own that checks all pages while Astro starts, posts the outcome and ends. What it read and
 * built ends with it, so that a build in which no page has changed never loads the engine beside Astro.
 */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckOutcome } from './check-outcome.ts';
import type { SiteOptions } from './options.ts';

enableCompileCache();
const options = workerData as SiteOptions;
try {
  const [{ outcomeKey, readOutcome, writeOutcome }, { cacheDirectory, openCache }] = await Promise.all([
    import('./outcome-cache.ts'),
    import('../../source/index.ts'),
  ]);
  const cache = openCache(cacheDirectory(options.root));
  const key = await outcomeKey(options);
  const known = key === null ? undefined : await readOutcome(cache, key);
  if (known) post({ outcome: known });
  else {
    const outcome = await checked();
    post({ outcome });
    // What was edited while the check ran is not what the key names.
    if (key !== null && (await outcomeKey(options)) === key) await writeOutcome(cache, key, outcome);
  }
} catch (error) {
  // Errors lose what is theirs alone on the way between threads.
  const { name, message, stack, help } = error as Error & { help?: unknown };
  post({ failure: { name, message, stack, help: typeof help === 'string' ? help : null } });
}

async function checked(): Promise<CheckOutcome> {
  const [{ createEngine }, { checkSite }, { engineOptions }] = await Promise.all([
    import('../../engine/index.ts'),
    import('./check-outcome.ts'),
    import('./options.ts'),
  ]);
  const engine = await createEngine(engineOptions(options));
  try {
    return await checkSite(engine, options);
  } finally {
    await engine.dispose();
  }
}

function post(reply: ThreadReply): void {
  parentPort?.postMessage(reply);
}

export type ThreadReply = { outcome: CheckOutcome } | { failure: CheckFailure };

export interface CheckFailure {
  name: string;
  message: string;
  stack: string | undefined;
  /** How to mend it, where that is known. */
  help: string | null;
}
