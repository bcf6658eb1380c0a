// Loaded with `--import` into a process that is measured: on exit it writes down the memory it took and the workers it started.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.env.PLUMBLINE_OBSERVED) {
  let workers = 0;
  process.on('worker', () => {
    workers += 1;
  });
  process.on('exit', () => {
    // maxRSS is in kilobytes on every platform that Node supports.
    const observed = { maxRss: process.resourceUsage().maxRSS * 1024, workers };
    writeFileSync(process.env.PLUMBLINE_OBSERVED, JSON.stringify(observed));
  });
}
