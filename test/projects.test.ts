import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtures, projectOf, projects } from './projects.ts';

const root = join(import.meta.dirname, '..');

test('every test is in one project, and in one alone', () => {
  const found = Object.entries(projects).map(([name, { include, exclude }]) => ({
    name,
    files: globSync(include, { cwd: root, exclude }),
  }));
  for (const { name, files } of found) {
    expect([name, files.length > 1]).toEqual([name, true]);
    expect(new Set(files.map((file) => projectOf(join(root, file))))).toEqual(new Set([name]));
  }
  const all = globSync('test/**/*.test.ts', { cwd: root, exclude: [fixtures] });
  expect(found.flatMap(({ files }) => files).sort()).toEqual(all.sort());
});

test('one of the units starts no process and no thread', async () => {
  const { execFileSync, spawn } = await import('node:child_process');
  const { Worker } = await import('node:worker_threads');
  expect(() => execFileSync('true')).toThrow('a unit test uses `execFileSync`');
  expect(() => spawn('true')).toThrow('a unit test uses `spawn`');
  expect(() => new Worker('')).toThrow('a unit test uses `Worker`');
});
