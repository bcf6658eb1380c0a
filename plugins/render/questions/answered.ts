import type { Ending } from '../engines/find-engine.ts';

/**
 * How much the engines of a run may answer to what Applications ask, which nobody knows before. What is asked
 * first comes first, however many engines run at a time: what others before it gave together leaves out what
 * comes after, the same on every machine.
 * @param total characters of the objects as JSON.
 */
export function openAnswers(total = charactersOfARun): Answers {
  let taken = 0;
  const why = `what was rendered before it is more than the ${Math.round(total / 2 ** 20)} MiB that a run holds`;
  return {
    round(names) {
      const sizes = new Map(names.map((name) => [name, 0]));
      return {
        refusal(name) {
          let sum = taken;
          for (const [other, size] of sizes) {
            if (sum >= total) return why;
            if (other === name) return null;
            sum += size;
          }
          return null;
        },
        note(name, size) {
          sizes.set(name, size);
        },
        close() {
          const left = new Map<string, string>();
          for (const [name, size] of sizes) {
            if (taken >= total) left.set(name, why);
            else taken += size;
          }
          return left;
        },
      };
    },
  };
}

/** What stands for an answer that there is no room for; null where there is. */
export function noRoom({ refusal }: { refusal?: (() => string | null) | undefined }): NoRoom | null {
  const message = refusal?.() ?? null;
  return message === null ? null : { ok: false, message, lasting: false, interrupted: true };
}

const charactersOfARun = 160 * 2 ** 20;

type NoRoom = { ok: false; message: string } & Ending;

export interface Answers {
  /** @param names of all that is asked, in the order in which it is. */
  round(names: readonly string[]): Round;
}

interface Round {
  /** Why one need not begin, as what is known by now is too much already. */
  refusal(name: string): string | null;
  /** What one gave. */
  note(name: string, size: number): void;
  /** Why not, of all that is left out: what was refused, and what ran beside what was too much. */
  close(): ReadonlyMap<string, string>;
}
