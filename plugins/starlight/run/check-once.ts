import type { Engine } from '../../engine/index.ts';
import type { CheckOutcome } from './check-outcome.ts';
import type { SiteOptions } from './options.ts';

/**
 * Checks all pages of a site, and posts what came of it; ends when that is kept for the next time.
 * @param order.key of the outcome, as it was before; null for one that is not kept.
 * @param shared what it need not make for itself.
 */
export async function checkOnce(
  { options, key }: CheckOrder,
  post: (reply: ThreadReply) => void,
  shared: Partial<Pick<Engine, 'd2'>> = {},
): Promise<void> {
  try {
    const outcome = await checked(options, shared);
    post({ outcome });
    if (key === null) return;
    const { outcomeKey, writeOutcome } = await import('./outcome-cache.ts');
    // What was edited while the check ran is not what the key names.
    if ((await outcomeKey(options)) === key) await writeOutcome(options.root, key, outcome);
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

export interface CheckOrder {
  options: SiteOptions;
  key: string | null;
}

export type ThreadReply = { outcome: CheckOutcome } | { failure: CheckFailure };

interface CheckFailure {
  name: string;
  message: string;
  stack: string | undefined;
  /** How to mend it, where that is known. */
  help: string | null;
}
