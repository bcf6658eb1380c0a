/**
 * The promise of the whole, for every fact: whatever small change is made to a manifest of the reference
 * platform, `check` fails or a page shows something else. The changes are generated; what no page speaks of
 * is left out by field, with a reason (`scope.ts`). Each field of each kind is tried once in each layer, and
 * one in 128 of them every second day, by turns: `PLUMBLINE_MUTANTS=3/128` repeats a turn, `sample`
 * tries the whole sample, `all` every field in every file (each night).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDue } from '../turns.ts';
import { type Mutant, nameOf } from './mutants.ts';
import { chosen, copyPlatform, idleEdits, platformMutants, sampleOf, tryMutants } from './platform.ts';
import { exclusions } from './scope.ts';
import type { Outcome, Task } from './try-mutants.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-mutants-'));
/** Each thread reads and draws the platform for itself first, which a share is too small to repay. */
const isShare = !['all', 'sample'].includes(process.env.PLUMBLINE_MUTANTS ?? '');
const roots = Array.from({ length: isShare ? 1 : Math.min(4, availableParallelism()) }, (_, index) =>
  join(folder, `platform-${index}`),
);
/** Seconds for the mutants of one file. */
const limit = 600;
let all: Task[];
let speaking: Task[];
let idle: Task[];
let share: ReturnType<typeof chosen>;
let outcomes: Map<Mutant, Outcome>;

beforeAll(async () => {
  for (const root of roots) copyPlatform(root);
  all = platformMutants(roots[0] ?? '');
  speaking = all.map(({ text, mutants }) => ({
    text,
    mutants: mutants.filter(({ excluded }) => excluded === null),
  }));
  share = chosen(speaking, process.env.PLUMBLINE_MUTANTS);
  idle = idleEdits(all, share.name);
  outcomes = await tryMutants([...idle, ...share.tasks], roots, limit);
}, 3_600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** By turns with edits that a person makes of it, which hold the same promise. */
describe.runIf(isDue(0, 2))('the facts of the reference platform', () => {
  test('an edit that changes nothing is neither shown nor caught', () => {
    const found = outcomesOf(idle);
    expect(found.size).toBeGreaterThan(0);
    for (const [mutant, outcome] of found)
      expect([nameOf(mutant), outcome]).toEqual([nameOf(mutant), expect.stringMatching(/^(same|survived)/)]);
  });

  test('whatever is changed, a page shows it or is caught saying otherwise', () => {
    const found = outcomesOf(share.tasks);
    console.log(`${summaryOf(found)} (PLUMBLINE_MUTANTS=${share.name} tries these again)`);
    expect(found.size).toBe(countOf(share.tasks));
    expect(found.size).toBeGreaterThan(5);
    expect(named(found, (outcome) => typeof outcome !== 'string')).toEqual([]);
    expect(named(found, (outcome) => outcome === 'survived')).toEqual([]);
  });

  test('the shares of a sample are all of it, each mutant once', () => {
    const sample = sampleOf(speaking).flatMap(({ mutants }) => mutants.map(nameOf));
    const shares = ['1/3', '2/3', '3/3'].map((name) => chosen(speaking, name).tasks);
    expect(shares.flatMap((tasks) => tasks.flatMap(({ mutants }) => mutants.map(nameOf))).sort()).toEqual(
      sample.sort(),
    );
    expect(sample.length).toBeGreaterThan(1000);
    expect(() => chosen(speaking, '0/0')).toThrow('PLUMBLINE_MUTANTS');
    expect(() => chosen(speaking, 'every')).toThrow('PLUMBLINE_MUTANTS');
  });

  test('what no page speaks of is left out for a reason, and no reason is idle', () => {
    const left = all.flatMap(({ mutants }) => mutants.map(({ excluded }) => excluded));
    const reasons = [...new Set(exclusions.map(({ reason }) => reason))];
    const counts = reasons.map((reason) => [reason, left.filter((one) => one === reason).length] as const);
    console.log(
      [
        `${countOf(all)} mutants, ${countOf(speaking)} of facts that the pages speak of; left out:`,
        ...counts.map(([reason, count]) => `${String(count).padStart(6)}  ${reason}`),
      ].join('\n'),
    );
    for (const [reason, count] of counts) expect([reason, count > 0]).toEqual([reason, true]);
  });
});

function outcomesOf(tasks: Task[]): Map<Mutant, Outcome> {
  const own = new Set(tasks.flatMap(({ mutants }) => mutants));
  return new Map([...outcomes].filter(([mutant]) => own.has(mutant)));
}

function summaryOf(outcomes: Map<Mutant, Outcome>): string {
  const count = (wanted: Outcome): number => [...outcomes.values()].filter((one) => one === wanted).length;
  return (
    `${outcomes.size} mutants of ${countOf(speaking)}: ${count('failed check')} failed check, ` +
    `${count('changed render')} changed render, ${count('same objects')} said the same, ${count('survived')} survived`
  );
}

function named(outcomes: Map<Mutant, Outcome>, wanted: (outcome: Outcome) => boolean): string[] {
  return [...outcomes]
    .filter(([, outcome]) => wanted(outcome))
    .map(([mutant, outcome]) =>
      typeof outcome === 'string' ? nameOf(mutant) : `${nameOf(mutant)}: ${outcome.threw}`,
    )
    .sort();
}

function countOf(tasks: Task[]): number {
  return tasks.reduce((sum, { mutants }) => sum + mutants.length, 0);
}
