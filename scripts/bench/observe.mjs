// Loaded with `--import` into a process that is measured: on exit it writes down the memory and processor
// time it took, and what it started.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
 * Seconds that the processes it started and waited for kept a core busy; 0 where the system does not tell
 * (anywhere but Linux).
 */
function childrenTime() {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0;
  }
}
