/**
 * The promise of the whole, for every fact: whatever small change is made to a manifest of the reference platform, `check` fails
 * or a page shows something else. The changes are generated; what no page speaks of is left out by field, with a reason (`scope.ts`).
 * Each field of each kind is tried once in each layer; `PLUMBLINE_MUTANTS=all` tries it in every file.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mutant, nameOf } from './mutants.ts';
import { copyPlatform, platformMutants, sampleOf, tryMutants } from './platform.ts';
import { exclusions } from './scope.ts';
import type { Outcome, Task } from './worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-mutants-'));
const roots = Array.from({ length: Math.min(4, availableParallelism()) }, (_, index) =>
  join(folder, `platform-${index}`),
);
/** Seconds for the mutants of one file. */
const limit = 600;
let all: Task[];
let speaking: Task[];

beforeAll(() => {
  // One cache for all copies: what a mutant does not touch is rendered once.
  process.env.XDG_CACHE_HOME = join(folder, 'cache');
  for (const root of roots) copyPlatform(root);
  all = platformMutants(roots[0] ?? '');
  speaking = all.map(({ text, mutants }) => ({
    text,
    mutants: mutants.filter(({ excluded }) => excluded === null),
  }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the facts of the reference platform', () => {
  test('an edit that changes nothing is neither shown nor caught', async () => {
    const idle = all
      .filter(({ mutants: [first] }, index) => index % 25 === 0 && first?.file.endsWith('.yaml'))
      .map(({ text, mutants: [first] }) => ({
        text,
        mutants: first ? [{ ...first, what: 'a comment added', text: `# A comment.\n${text}` }] : [],
      }));
    const outcomes = await tryMutants(idle, roots, limit);
    expect(outcomes.size).toBeGreaterThan(5);
    for (const [mutant, outcome] of outcomes)
      expect([nameOf(mutant), outcome]).toEqual([nameOf(mutant), expect.stringMatching(/^(same|survived)/)]);
  });

  test('whatever is changed, a page shows it or is caught saying otherwise', {
    timeout: 3_600_000,
  }, async () => {
    const tasks = process.env.PLUMBLINE_MUTANTS === 'all' ? speaking : sampleOf(speaking);
    const outcomes = await tryMutants(tasks, roots, limit);
    console.log(summaryOf(outcomes));
    expect(outcomes.size).toBeGreaterThan(400);
    expect(outcomes.size).toBe(countOf(tasks));
    expect(named(outcomes, (outcome) => typeof outcome !== 'string')).toEqual([]);
    expect(named(outcomes, (outcome) => outcome === 'survived')).toEqual([]);
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
