/**
 * How long other programs are waited for. Their work is counted before they start, so this is the last net,
 * for what cannot be: templates may loop. What is quick is never cut short because something else was slow.
 */
export function openPatience({ each, quick, together }: Waits, watch: Watch = wallTime): Patience {
  let spent = 0;
  return {
    async wait(start) {
      const limit = spent >= 2 * together ? 0 : spent >= together ? quick : each;
      if (limit === 0) return null;
      const taken = watch(limit);
      const answer = await start(limit);
      const took = taken(answer);
      if (took >= quick) spent += took;
      return answer;
    },
    restore() {
      spent = 0;
    },
  };
}

function wallTime(): () => number {
  const began = performance.now();
  return () => performance.now() - began;
}

/**
 * Begins to measure what may take `limit`; what it gives says how many milliseconds it has taken that came to
 * this answer.
 */
type Watch = (limit: number) => (answer: unknown) => number;

/** Milliseconds. */
interface Waits {
  /** That one program may take. */
  each: number;
  /** Below which a run counts for nothing. */
  quick: number;
  /**
   * That those which take longer may take together; afterwards each has what is quick, and after as much
   * again none is started.
   */
  together: number;
}

export interface Patience {
  /** Starts a program, and says how many milliseconds it may take; null where no time is left. */
  wait<T>(start: (limit: number) => Promise<T>): Promise<T | null>;
  /** Forgets what was slow, for another run. */
  restore(): void;
}
