import { type ChildProcess, spawnSync } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPatience } from '../../plugins/base/index.ts';
import { createPool } from '../../plugins/d2/pool.ts';
import { input } from './helpers.ts';

/** Real processes, in which a host of few lines stands for D2, which takes seconds to start. */
const host = new URL('./fixtures/host.ts', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'd2-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const started: ChildProcess[] = [];
subscribe('child_process', (message) => started.push((message as { process: ChildProcess }).process));
const running = () =>
  started.filter(
    ({ exitCode, signalCode, spawnargs }) =>
      exitCode === null && signalCode === null && spawnargs.some((one) => one.endsWith('fixtures/host.ts')),
  );

function poolOf({ size = 1, each = 20_000, together = 60_000 } = {}) {
  const patience = openPatience({ each, quick: 500, together });
  const pool = createPool({ size, patience, host });
  const draw = async (source: string) => (await pool.draw({ input: input(source), defaults: {} })).compiled;
  onTestFinished(() => pool.dispose());
  return { ...pool, draw };
}

describe('the pool', () => {
  test('starts a further engine only where much waits, and no more than it may', async () => {
    const pool = poolOf({ size: 2 });
    expect(running()).toEqual([]);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => pool.draw(`a${at}`)));
    expect(answers.map((one) => one.ok && one.shapes[0]?.id)).toEqual(
      Array.from({ length: 30 }, (_, at) => `a${at}`),
    );
    expect(running()).toHaveLength(2);
  });

  test('starts ahead as many engines as the jobs to come are worth', async () => {
    const pool = poolOf({ size: 2 });
    pool.warm(0);
    expect(running()).toEqual([]);
    pool.warm(1);
    pool.warm(6);
    expect(running()).toHaveLength(1);
    pool.warm(7);
    pool.warm(100);
    expect(running()).toHaveLength(2);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => pool.draw(`a${at}`)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(running()).toHaveLength(2);
  });

  test('ends a diagram that takes too long, as not finished, and goes on', async () => {
    const pool = poolOf({ each: 2000, together: 1900 });
    const slow = pool.draw('endless');
    const next = pool.draw('still here');
    expect(await slow).toEqual({ ok: false, errors: [], unfinished: 'D2 did not finish within 2 s' });
    expect((await next).ok).toBe(true);
    expect(await pool.draw('endless')).toMatchObject({ unfinished: 'D2 did not finish within 0.5 s' });
  });

  test('rejects what still waits when it is disposed of, and whatever comes after', async () => {
    const pool = poolOf();
    const outcome = expect(pool.draw('a')).rejects.toThrow('disposed');
    await pool.dispose();
    await outcome;
    await expect(pool.draw('b')).rejects.toThrow('disposed');
  });

  test('rests, gives its memory back, and draws again when it is asked', async () => {
    const pool = poolOf();
    expect((await pool.draw('before')).ok).toBe(true);
    expect(running()).toHaveLength(1);
    await pool.rest();
    expect(running()).toEqual([]);
    expect((await pool.draw('after')).ok).toBe(true);
    await pool.dispose();
    expect(running()).toEqual([]);
  });

  test('replaces an engine that died', async () => {
    const pool = poolOf();
    expect((await pool.draw('before')).ok).toBe(true);
    const during = pool.draw('during');
    for (const one of running()) one.kill('SIGKILL');
    expect((await during).ok).toBe(true);
    for (const one of running()) one.kill('SIGKILL');
    expect((await pool.draw('after')).ok).toBe(true);
  });

  test.each(['await pool.dispose();', ''])('lets the process end (%s)', (ending) => {
    const program = join(folder, 'program.ts');
    const module = JSON.stringify(new URL('../../plugins/d2/pool.ts', import.meta.url).href);
    writeFileSync(
      program,
      `import { createPool } from ${module};
       const pool = createPool({ size: 1, patience: { wait: (start) => start(20_000) }, host: new URL(${JSON.stringify(host.href)}) });
       const { compiled } = await pool.draw({ input: { source: 'a', files: {}, layout: 'dagre' }, defaults: {} });
       ${ending}
       console.log(compiled.ok);`,
    );
    const { stdout, status } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 60_000 });
    expect([stdout, status]).toEqual(['true\n', 0]);
  });
});
