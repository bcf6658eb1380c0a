/**
 * What the files of a run take, so that one that grows is seen: each worker writes a line for each file, and
 * a run of many tells at its end how long each project and the slowest files took; `PLUMBLINE_TIMES=all`
 * tells it of all files.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { statOfProcess } from '../plugins/base/processes.ts';
import { projectOf } from './projects.ts';

/** Begins to measure a file; what it gives ends that. */
export function startClock(file: string): () => void {
  const [start, before, started] = [performance.now(), processorTime(), starts];
  return () => {
    const folder = process.env.PLUMBLINE_TREES;
    if (folder === undefined) return;
    const seconds = (performance.now() - start) / 1000;
    const processor = processorTime() - before;
    const line: Line = { file, seconds, processor, starts: starts - started };
    appendFileSync(join(folder, name), `${JSON.stringify(line)}\n`);
  };
}

/** Counts a process or thread that a worker starts. */
export function countStart(): void {
  starts += 1;
}
let starts = 0;

/**
 * The table of a run, of its folder; empty where it had few files.
 * `starts`: processes and threads that workers started. `processor`: seconds of workers and of the processes
 * that they started, builders of sites apart.
 */
export function timesOf(folder: string): string {
  const path = join(folder, name);
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  const lines = text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as Line);
  if (lines.length < 30) return '';
  const byProject = Map.groupBy(lines, ({ file }) => projectOf(file));
  const rows = [...byProject].map(([project, own]) => ({
    file: `${project}, ${own.length} files`,
    seconds: sum(own.map(({ seconds }) => seconds)),
    processor: sum(own.map(({ processor }) => processor)),
    starts: sum(own.map(({ starts }) => starts)),
  }));
  const slowest = lines
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, process.env.PLUMBLINE_TIMES === 'all' ? lines.length : 10);
  return [
    'seconds  processor  starts',
    ...[...rows.sort((a, b) => b.seconds - a.seconds), ...slowest].map(
      ({ file, seconds, processor, starts }) =>
        `${seconds.toFixed(1).padStart(7)}  ${processor.toFixed(1).padStart(9)}  ${String(starts).padStart(6)}  ${file.startsWith(root) ? relative(root, file) : file}`,
    ),
  ].join('\n');
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/**
 * Seconds of processors that this process has had, and its children, which only Linux tells: what a test may
 * bound where others run beside it.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + childrenTime();
}

/** Of those that it has waited for, and of those that still run, with theirs. */
function childrenTime(): number {
  if (process.platform !== 'linux') return 0;
  const own = timesOfProcess('self').slice(2);
  const threads = readdirSync('/proc/self/task').map((thread) => `/proc/self/task/${thread}/children`);
  const running = threads.flatMap((path) => readFileSync(path, 'latin1').split(' ').filter(Boolean));
  return (sum(own) + sum(running.flatMap((pid) => timesOfProcess(Number(pid))))) / 100;
}

/** In hundredths of seconds: its own and its children's. */
function timesOfProcess(pid: number | 'self'): number[] {
  return statOfProcess(pid)?.slice(11, 15).map(Number) ?? [];
}

const root = resolve(import.meta.dirname, '..');
const name = 'times.jsonl';

interface Line {
  /** Its absolute path. */
  file: string;
  seconds: number;
  processor: number;
  starts: number;
}
