import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { endWhatHangs, wasEnded } from './hangs.ts';
import { tree } from './source/tree.ts';

test('a worker that is too long at a file is told of and ended, and the file listed', async () => {
  const folder = tree({});
  const list = join(folder, 'list');
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.stubEnv('PLUMBLINE_HUNG', list);
  const circle = 'console.log(1); (function circle() { for (;;); })()';
  const worker = spawn(process.execPath, ['-e', circle], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => {
    worker.kill('SIGKILL');
    said.mockRestore();
    vi.unstubAllEnvs();
  });
  await once(worker.stdout, 'data');
  const file = join(import.meta.dirname, 'circle.test.ts');
  const at = join(folder, `at-${worker.pid}`);
  writeFileSync(at, file);
  writeFileSync(join(folder, `at-${process.pid}`), import.meta.filename);
  utimesSync(at, new Date(), new Date(Date.now() - 100_000));
  const rest = endWhatHangs(folder, 90_000, 50);
  onTestFinished(rest);
  expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL']);
  expect(said.mock.calls.join('\n')).toContain('test/circle.test.ts has taken 10');
  expect(readFileSync(list, 'utf8')).toBe(`${file}\n`);
  const cause = new Error(`Worker exited unexpectedly while running test file ${file}`);
  expect(wasEnded({ message: 'Worker forks emitted error.', cause })).toBe(true);
  expect(wasEnded({ message: 'expected 1 to be 2' })).toBe(false);
});
