// Loaded with `--import` into a process that is measured: on exit it writes down the memory and processor
// time it took, and what it started.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const engine = /[\\/]d2[\\/]worker[\\/]host\.[jt]s$/;

const observed = process.env.PLUMBLINE_OBSERVED;
/** One byte for each engine that any thread has started. */
const tally = `${observed}.engines`;

if (observed) {
  // What a process was called with is not there yet when it is told of.
  subscribe('child_process', ({ process: child }) =>
    setImmediate(() => {
      if (child.spawnargs?.some((word) => engine.test(word))) appendFileSync(tally, '1');
    }),
  );
}

if (isMainThread && observed) {
  rmSync(tally, { force: true });
  let workers = 0;
  process.on('worker', () => {
    workers += 1;
  });
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const cpu = (userCPUTime + systemCPUTime) / 1e6 + childrenTime();
    const engines = existsSync(tally) ? readFileSync(tally).length : 0;
    // maxRSS is in kilobytes on every platform that Node supports.
    writeFileSync(observed, JSON.stringify({ maxRss: maxRSS * 1024, workers, engines, cpu }));
  });
}

/**
 * Seconds that the processes it started kept a core busy, those that still run with it; 0 where the system does
 * not tell (anywhere but Linux).
 */
function childrenTime() {
  try {
    const threads = readdirSync('/proc/self/task').map((thread) => `/proc/self/task/${thread}/children`);
    const running = threads.flatMap((path) => readFileSync(path, 'latin1').split(' ').filter(Boolean));
    const ticks = [...ticksOf('self').slice(2), ...running.flatMap(ticksOf)];
    return ticks.reduce((sum, count) => sum + count, 0) / 100;
  } catch {
    return 0;
  }
}

/** In hundredths of seconds: its own and its children's, of both kinds. Source: `proc_pid_stat(5)`. */
function ticksOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
}
