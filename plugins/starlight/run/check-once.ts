import type { D2 } from '../../d2/index.ts';
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
  shared: { d2?: D2 } = {},
): Promise<void> {
  try {
    const outcome = await checked(options, shared.d2);
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

async function checked(options: SiteOptions, shared: D2 | undefined): Promise<CheckOutcome> {
  const d2 = shared ?? (await startDrawing(options));
  try {
    const [{ createEngine }, { checkSite }, { engineOptions }] = await Promise.all([
      import('../../engine/index.ts'),
      import('./check-outcome.ts'),
      import('./options.ts'),
    ]);
    const engine = await createEngine({ ...engineOptions(options), d2 });
    return await checkSite(engine, options).finally(() => engine.dispose());
  } finally {
    // The site does not wait for processes to end.
    if (d2 !== shared) void d2.dispose();
  }
}

async function startDrawing(options: SiteOptions): Promise<D2> {
  const { drawingAhead } = await import('./drawing-ahead.ts');
  return drawingAhead(options);
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
