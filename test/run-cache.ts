/**
 * One cache for a whole run, so that what many tests draw or render is drawn or rendered once, and the
 * modules of the command line and of Astro are compiled once for all the processes that load them; it begins
 * empty and goes with the run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-run-'));
  process.env.XDG_CACHE_HOME = folder;
  process.env.PLUMBLINE_TREES = folder;
  process.env.NODE_COMPILE_CACHE = join(folder, 'modules');
  return () => rmSync(folder, { recursive: true, force: true });
}
