import type { D2 } from '../../d2/index.ts';
import type { CheckOutcome } from './check-outcome.ts';
import type { SiteOptions } from './options.ts';

/**
 * Checks all pages of a site, posts what came of it, and then draws what the site shows of diagrams besides:
 * whoever renders the pages has begun by then. Ends when what came of it is kept for the next time.
 * @param order.key of the outcome, as it was before; null for one that is not kept.
 * @param shared what it need not make for itself.
 */
export async function checkOnce(
  { options, key }: CheckOrder,
  post: (reply: ThreadReply) => void,
  shared: { d2?: D2 } = {},
): Promise<void> {
  try {
    const d2 = shared.d2 ?? (await startDrawing(options, post));
    const outcome = await checked(options, d2, post).finally(() => {
      // Nobody waits for processes to end.
      if (d2 !== shared.d2) void d2.dispose();
    });
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

async function startDrawing(options: SiteOptions, post: (reply: ThreadReply) => void): Promise<D2> {
  const { drawingAhead } = await import('./drawing-ahead.ts');
  return drawingAhead(options, (drawn) => post({ drawn }));
}

async function checked(
  options: SiteOptions,
  d2: D2,
  post: (reply: ThreadReply) => void,
): Promise<CheckOutcome> {
  const [{ createEngine }, { checkSite }, { engineOptions }] = await Promise.all([
    import('../../engine/index.ts'),
    import('./check-outcome.ts'),
    import('./options.ts'),
  ]);
  const told = (of: CheckStep) => (done: number, total: number) => post({ of, done, total });
  const engine = await createEngine({ ...engineOptions(options), d2, onProgress: told('kustomizations') });
  // The model is kept, then, for whoever renders the pages.
  const { outcome, drawn } = await checkSite(engine, options, told('checking')).finally(() =>
    engine.dispose(),
  );
  post({ outcome });
  await drawn;
  return outcome;
}

export interface CheckOrder {
  options: SiteOptions;
  key: string | null;
}

/** `drawn` is the name of a drawing that is kept by then. */
export type ThreadReply =
  | { drawn: string }
  | { of: CheckStep; done: number; total: number }
  | { outcome: CheckOutcome }
  | { failure: CheckFailure };

/** What a check tells how far it is with. */
export type CheckStep = 'kustomizations' | 'checking';

interface CheckFailure {
  name: string;
  message: string;
  stack: string | undefined;
  /** How to mend it, where that is known. */
  help: string | null;
}
