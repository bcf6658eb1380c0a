// Loaded with `--import` into a process that is measured: on exit it writes down the memory and processor time it took, and what it started.
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const engine = /[\\/]d2[\\/]worker[\\/]host\.[jt]s$/;

if (isMainThread && process.env.PLUMBLINE_OBSERVED) {
  let workers = 0;
  process.on('worker', () => {
    workers += 1;
  });
  const children = [];
  subscribe('child_process', ({ process: child }) => children.push(child));
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const cpu = (userCPUTime + systemCPUTime) / 1e6 + childrenTime();
    // maxRSS is in kilobytes on every platform that Node supports.
    const engines = children.filter(({ spawnargs }) => spawnargs?.some((word) => engine.test(word))).length;
    const observed = { maxRss: maxRSS * 1024, workers, engines, cpu };
    writeFileSync(process.env.PLUMBLINE_OBSERVED, JSON.stringify(observed));
  });
}

/** Seconds that the processes it started and waited for kept a core busy; 0 where the system does not tell (anywhere but Linux). */
function childrenTime() {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0;
  }
}
