import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { treeMemory } from './process-tree.ts';

const observer = join(import.meta.dirname, 'observe.mjs');

/**
 * Runs a Node process and says how long it took, how much memory it and what it started had at most, and how
 * many workers and D2 engines it started.
 * @param options.codes exit codes that are good; default 0.
 */
export async function measureNode(
  args: string[],
  options: { cwd: string; env?: Record<string, string>; codes?: number[] },
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-observed-'));
  const file = join(folder, 'observed.json');
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', observer, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...options.env, PLUMBLINE_OBSERVED: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let tree = 0;
  const sampling = setInterval(() => {
    if (child.pid !== undefined) tree = Math.max(tree, treeMemory(child.pid));
  }, sampleEvery);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  clearInterval(sampling);
  const seconds = (performance.now() - start) / 1000;
  if (code === null || !(options.codes ?? [0]).includes(code))
    throw new Error(`${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
  const { maxRss, ...observed }: Observed = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  return { seconds, ...observed, memory: Math.max(maxRss, tree), stdout };
}

/** The run with the median time. */
export function median<T extends { seconds: number }>(runs: T[]): T {
  const run = runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)];
  if (run === undefined) throw new Error('nothing was run');
  return run;
}

/**
 * Builds that take turns, each once before it counts, and the last first in every second round: what else the
 * machine does meets all of them alike, and none always comes after the same other.
 */
export async function inTurns<K extends string>(
  rounds: number,
  builds: Record<K, () => Promise<Measured>>,
): Promise<Record<K, Measured[]>> {
  const all = Object.entries<() => Promise<Measured>>(builds).map(([name, build]) => ({
    ...{ name, build, measured: [] as Measured[] },
  }));
  for (const { build } of all) await build();
  for (let round = 0; round < rounds; round++)
    for (const { build, measured } of round % 2 === 0 ? all : all.toReversed()) measured.push(await build());
  return Object.fromEntries(all.map(({ name, measured }) => [name, measured])) as Record<K, Measured[]>;
}

/** What `make` gives, so many times, one after the other. */
export async function times<T>(count: number, make: () => T | Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let index = 0; index < count; index++) made.push(await make());
  return made;
}

/** Milliseconds between two looks at the memory of a process and of what it started. */
const sampleEvery = 250;

interface Observed {
  maxRss: number;
  workers: number;
  engines: number;
  cpu: number;
}

export interface Measured {
  seconds: number;
  /** Most bytes that the process held, or together with those it started where that is more. */
  memory: number;
  /** Worker threads that the process started. */
  workers: number;
  /** D2 engines of ours that it started. */
  engines: number;
  /** Seconds that the process and those it started kept a core busy. */
  cpu: number;
  stdout: string;
}
