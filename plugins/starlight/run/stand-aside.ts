import { setTimeout as after } from 'node:timers/promises';

/**
 * What nobody waits for asks between its steps whether it may go on: it stands aside while somebody waits for
 * a page. All its steps together wait so long at most, so that it ends however much is asked for.
 * @param overtaken given where it need not go on at all.
 * @param most milliseconds.
 */
export function standAside(
  isAwaited: () => boolean,
  overtaken: AbortSignal,
  most = longest,
): () => Promise<void> {
  let left = most;
  let waiting: Promise<void> | undefined;
  const wait = async () => {
    while (left > 0 && isAwaited() && !overtaken.aborted) {
      left -= pause;
      await after(pause);
    }
    waiting = undefined;
  };
  // Steps that come together wait together.
  return async () => {
    if (left <= 0 || !isAwaited()) return;
    waiting ??= wait();
    await waiting;
  };
}

/** Milliseconds. */
const pause = 20;
const longest = 10_000;
