/**
 * Tests that take turns by day, for files in which many hold the same promises with engines of their own: a
 * whole run makes every so many-th, the next each day. A run that names files, tests or a project makes all,
 * as each night does.
 */
import { describe, test } from 'vitest';
import { isTurn, shareOfDay } from './fuzz.ts';

/** A `test` for a file; it counts what it is given, so no test may need another before it. */
export function testInTurns(of: number): TestInTurns {
  let count = 0;
  return (name, run, timeout) => {
    const number = count++;
    test.runIf(isDue(number % of, of))(name, run, timeout);
  };
}

/**
 * `describe` and `test` of a file whose set-up takes long, which has its turn as a whole. A share within it
 * counts its turns, not days: `shareOfDay(all, of, 3)`; a `test.runIf` in it needs a `describe` around it.
 */
export function fileInTurns(number: number, of: number): { describe: typeof describe; test: typeof test } {
  const due = isDue(number, of);
  return due
    ? { describe, test }
    : { describe: describe.skip as typeof describe, test: test.skip as typeof test };
}

/** Whether something that a file holds as a whole has its turn. */
export function isDue(number: number, of: number): boolean {
  return isAsked || isTurn(number, of);
}

/** The same of the rows of a `test.each`. */
export function rowsInTurns<T>(rows: readonly T[], of: number): T[] {
  return isAsked ? [...rows] : shareOfDay(rows, of).chosen;
}

/** `PLUMBLINE_SHARE` repeats what a whole run makes on a day. */
const isAsked = process.env.PLUMBLINE_ASKED === '1' && !process.env.PLUMBLINE_SHARE;

type TestInTurns = (name: string, run: () => void | Promise<void>, timeout?: number) => void;
