/**
 * Steps of work that are counted while they are taken, as nobody knows before how many there will be. A step
 * is about a microsecond of an ordinary core, so that what is counted is the same on every machine.
 */
let left = Number.POSITIVE_INFINITY;

/** Takes steps of those that `withinSteps` gives; false where there are none left, outside of it never. */
export function takeSteps(steps: number): boolean {
  if (left <= 0) return false;
  left -= steps;
  return true;
}

/**
 * Runs what takes steps, as long as it has some: what comes afterwards of it is left out. Nothing is given to
 * what it waits for: a promise is handed back as it is.
 */
export function withinSteps<T>(room: number, run: () => T): Counted<T> {
  const around = left;
  const given = Math.min(room, around);
  left = given;
  try {
    const value = run();
    return { value, steps: given - left, isWhole: left > 0 };
  } finally {
    left = around - (given - left);
  }
}

/** Runs what is not to be counted: it is made once for all, and not for whoever happens to ask first. */
export function uncounted<T>(run: () => T): T {
  const around = left;
  left = Number.POSITIVE_INFINITY;
  try {
    return run();
  } finally {
    left = around;
  }
}

interface Counted<T> {
  value: T;
  /** How many it took. */
  steps: number;
  /** False where it came to the end of them, so that something may have been left out. */
  isWhole: boolean;
}
