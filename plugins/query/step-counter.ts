import { newBudget } from '../cel/index.ts';
import type { Compiled } from './cel/compile-expression.ts';

/**
 * Counts the steps of work that the expressions of a platform have taken, so that a run can stop before a
 * page asks too much. Each run of an expression has a budget of its own; what it spent is added when the next
 * begins.
 */
export function createStepCounter(): StepCounter {
  let current = newBudget();
  let before = 0;
  let shared = 0;
  const total = () => before + current.spent;
  return {
    total,
    current: () => current,
    begin(compiled, limit) {
      before += current.spent;
      current = compiled === null ? newBudget() : Object.assign(compiled.budget, newBudget(limit));
    },
    add: (steps) => {
      before += steps;
    },
    addShared: (steps) => {
      before += steps;
      shared += steps;
    },
    once(known, key, ask) {
      const found = known.get(key);
      if (found !== undefined) {
        before += found.steps;
        return found.answer;
      }
      const start = total() - shared;
      const answer = ask();
      known.set(key, { answer, steps: total() - shared - start });
      return answer;
    },
  };
}

/** An answer, and the steps that it took. */
export interface Kept<T> {
  answer: T;
  steps: number;
}

export interface StepCounter {
  /** All steps so far. */
  total(): number;
  /** What the expression that runs now may spend, and has spent. */
  current(): ReturnType<typeof newBudget>;
  /** A run of `compiled` begins, or of an expression that does not compile (null). */
  begin(compiled: Compiled | null, limit?: number): void;
  add(steps: number): void;
  /** Work that serves every later expression too, and is no part of what a kept answer took. */
  addShared(steps: number): void;
  /**
   * The kept answer to a question, or that of `ask`. A kept answer counts as the same work, so that the count
   * does not depend on what was asked before: a page that is being written is judged at every keystroke.
   */
  once<K, T>(known: Map<K, Kept<T>>, key: K, ask: () => T): T;
}
