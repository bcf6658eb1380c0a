import { expect, test } from 'vitest';
import { campaign } from '../../scripts/fuzz/campaign.ts';
import { factor } from '../fuzz.ts';
import { project } from './cli.ts';

/** Every day others, the same on every machine; `npm run fuzz` shows one again. */
const seed = Math.floor(Date.now() / 86_400_000);

test('nothing that a repository holds crashes, hangs, leaks or is written to', {
  timeout: 600_000 * factor,
}, async () => {
  const count = factor === 1 ? 30 : 250 * Math.min(4 * factor, 80);
  const { inputs, finds, kinds, slowest } = await campaign({ project, seed, from: 0, count, limit: 60_000 });
  console.log(
    `fuzz: ${inputs} inputs of seed ${seed}; slowest ${Math.round(slowest[0]?.milliseconds ?? 0)} ms`,
  );
  expect(finds).toEqual([]);
  expect(inputs).toBeGreaterThanOrEqual(count);
  expect(Object.keys(kinds).length).toBeGreaterThan(factor === 1 ? 4 : 8);
});
