import type { BuildOutput } from './find-engine.ts';

/**
 * How long engines are waited for. Work is counted before (`openWork`), so this is the last net, for what
 * cannot be: templates may loop. What is quick is never cut short because something else was slow.
 */
export function openPatience(
  { each, quick, together }: Waits = waits,
  now = () => performance.now(),
): Patience {
  let spent = 0;
  return {
    async wait(name, start) {
      const limit = spent >= 2 * together ? 0 : spent >= together ? quick : each;
      if (limit === 0) {
        const message = `${name} was not started, as engines had taken too long before`;
        return { ok: false, message, lasting: false, interrupted: true };
      }
      const began = now();
      const output = await start(limit);
      const took = now() - began;
      if (took >= quick) spent += took;
      return output;
    },
  };
}

/** Milliseconds. */
const waits: Waits = { each: 60_000, quick: 10_000, together: 60_000 };

interface Waits {
  /** That one engine may take. */
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
  /**
   * Starts an engine, and says how many milliseconds it may take; where no time is left that is the answer.
   */
  wait(name: string, start: (limit: number) => Promise<BuildOutput>): Promise<BuildOutput>;
}
