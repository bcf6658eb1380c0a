import type { Engine } from '../../engine/index.ts';
import type { CheckOutcome } from './check-outcome.ts';
import type { SiteOptions } from './options.ts';

/**
 * Checks all pages of a site, or finds that the same was checked before, and posts what came of it; ends when
 * it is kept for the next time.
 * @param shared what it need not make for itself.
 */
export async function checkOnce(
  options: SiteOptions,
  post: (reply: ThreadReply) => void,
  shared: Partial<Pick<Engine, 'd2'>> = {},
): Promise<void> {
  try {
    const [{ outcomeKey, readOutcome, writeOutcome }, { openCache }, { cacheDirectory }] = await Promise.all([
      import('./outcome-cache.ts'),
      import('../../source/cache.ts'),
      import('../../source/cache-directory.ts'),
    ]);
    const cache = openCache(cacheDirectory(options.root));
    const key = await outcomeKey(options);
    const known = key === null ? undefined : await readOutcome(cache, key);
    if (known) return post({ outcome: known });
    const outcome = await checked(options, shared);
    post({ outcome });
    // What was edited while the check ran is not what the key names.
    if (key !== null && (await outcomeKey(options)) === key) await writeOutcome(cache, key, outcome);
  } catch (error) {
    // Errors lose what is theirs alone on the way between threads.
    const { name, message, stack, help } = error as Error & { help?: unknown };
    post({ failure: { name, message, stack, help: typeof help === 'string' ? help : null } });
  }
}

async function checked(options: SiteOptions, shared: Partial<Pick<Engine, 'd2'>>): Promise<CheckOutcome> {
  const [{ createEngine }, { checkSite }, { engineOptions }] = await Promise.all([
    import('../../engine/index.ts'),
    import('./check-outcome.ts'),
    import('./options.ts'),
  ]);
  const engine = await createEngine({ ...engineOptions(options), ...shared });
  try {
    return await checkSite(engine, options);
  } finally {
    await engine.dispose();
  }
}

export type ThreadReply = { outcome: CheckOutcome } | { failure: CheckFailure };

interface CheckFailure {
  name: string;
  message: string;
  stack: string | undefined;
  /** How to mend it, where that is known. */
  help: string | null;
}
