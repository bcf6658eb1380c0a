/** Holds unit tests to what their name says: they start no process and no thread. */
import processes from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';

for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const)
  refuse(processes, name);
refuse(threads, 'Worker');
syncBuiltinESMExports();

function refuse<T>(module: T, name: keyof T & string): void {
  Object.defineProperty(module, name, {
    value() {
      throw new Error(`a unit test uses \`${name}\`: call the file *.engine.test.ts (see vitest.config.ts)`);
    },
  });
}
