import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const observer = join(import.meta.dirname, 'observe.mjs');

/** Runs a Node process and says how long it took, how much memory its process had at most and how many workers it started. */
export function measureNode(
  args: string[],
  options: { cwd: string; env?: Record<string, string> },
): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-observed-'));
  const file = join(folder, 'observed.json');
  const start = performance.now();
  const result = spawnSync(process.execPath, ['--import', observer, ...args], {
    cwd: options.cwd,
    encoding: 'utf8',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...options.env, PLUMBLINE_OBSERVED: file },
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1000;
  if (result.status !== 0) {
    throw new Error(`${args.join(' ')} ended with ${result.status}:\n${result.stdout}\n${result.stderr}`);
  }
  const observed: { maxRss: number; workers: number } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  return { seconds, ...observed, stdout: result.stdout };
}

/** The run with the median time. */
export function median<T extends { seconds: number }>(runs: T[]): T {
  const run = runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)];
  if (run === undefined) throw new Error('nothing was run');
  return run;
}

/** What `make` gives, so many times, one after the other. */
export function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

export interface Measured {
  seconds: number;
  /** Bytes. */
  maxRss: number;
  workers: number;
  stdout: string;
}
