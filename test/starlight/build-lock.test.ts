import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { takeBuildLock } from '../../plugins/starlight/run/build-lock.ts';
import { tree } from '../source/tree.ts';

const lockIn = () => join(tree({}), '.astro/plumbline-build.lock');

test('a build that runs is named, one that is gone stops nobody', () => {
  const path = lockIn();
  const first = takeBuildLock(path);
  expect(first.holder).toBe(null);
  const own = readFileSync(path, 'utf8');
  first.release();
  expect(readdirSync(dirname(path))).toEqual([]);

  const other = spawn('/bin/sleep', ['30']);
  writeFileSync(path, JSON.stringify({ pid: other.pid, started: null, host: hostname() }));
  expect(takeBuildLock(path).holder).toMatchObject({ pid: other.pid });
  other.kill('SIGKILL');

  const gone = spawnSync('/bin/true').pid;
  for (const left of [
    JSON.stringify({ pid: gone, started: null, host: hostname() }),
    // Another process has its number by now.
    own.replace(/"started":"[^"]*"/, '"started":"long ago"'),
    own.slice(0, 10),
    '',
  ]) {
    writeFileSync(path, left);
    const lock = takeBuildLock(path);
    expect(lock.holder, left).toBe(null);
    lock.release();
  }
  expect(existsSync(path)).toBe(false);
});

test('one of another machine counts while there are signs of it', () => {
  const path = lockIn();
  takeBuildLock(path).release();
  writeFileSync(path, JSON.stringify({ pid: 1, started: null, host: 'elsewhere' }));
  expect(takeBuildLock(path).holder).toMatchObject({ host: 'elsewhere' });
  const before = Date.now() / 1000 - 120;
  utimesSync(path, before, before);
  const lock = takeBuildLock(path);
  expect(lock.holder).toBe(null);
  lock.release();
});
