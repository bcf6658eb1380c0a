import { expect, test } from 'vitest';
import { standAside } from '../../plugins/starlight/run/stand-aside.ts';

test('what nobody waits for goes on when nobody waits any longer, all steps at once and in their order', async () => {
  let isAwaited = true;
  const pause = standAside(() => isAwaited, never);
  const gone: number[] = [];
  const steps = [1, 2, 3].map(async (step) => {
    await pause();
    gone.push(step);
  });
  await turns();
  expect(gone).toEqual([]);
  isAwaited = false;
  await Promise.all(steps);
  expect(gone).toEqual([1, 2, 3]);
});

test('it ends though somebody waits without end, and at once where another edit comes', async () => {
  const always = standAside(() => true, never, 60);
  await always();
  let asked = 0;
  const count = () => {
    asked += 1;
    return true;
  };
  const spent = standAside(count, never, 60);
  await spent();
  const before = asked;
  await spent();
  expect(asked).toBe(before);
  const overtaken = new AbortController();
  const pause = standAside(() => true, overtaken.signal);
  const waited = pause();
  overtaken.abort();
  await waited;
});

const never = new AbortController().signal;
const turns = () => new Promise((done) => setTimeout(done, 30));
