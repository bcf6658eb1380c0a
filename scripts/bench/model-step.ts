/**
 * Run as a process of its own, so that its memory is its own: reads and hashes the files of a repository,
 * then makes the model of it, and prints how long each took and what there was.
 */
import { loadPlatform } from '../../plugins/platform/index.ts';
import { readAndHash } from './read-and-hash.ts';

const root = process.argv[2] ?? '.';
const { value: files, ...hashed } = await timed(() => readAndHash(root));
const { value: platform, ...modelled } = await timed(() => loadPlatform({ root }));
const step: ModelStep = { hashed, modelled, files, resources: platform.model.resources.length };
process.stdout.write(JSON.stringify(step));

/** Seconds, and seconds that a core was busy. */
async function timed<T>(work: () => T | Promise<T>): Promise<{ seconds: number; cpu: number; value: T }> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6, value };
}

export interface ModelStep {
  hashed: { seconds: number; cpu: number };
  modelled: { seconds: number; cpu: number };
  files: number;
  resources: number;
}
