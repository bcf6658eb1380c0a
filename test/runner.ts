/**
 * Holds unit tests to what their name says: they start no process and no thread. Files of all projects share
 * the workers of a whole run, so each file is asked for its project.
 */
import processes from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';
import { type RunnerTestFile, TestRunner } from 'vitest';
import { beAt } from './hangs.ts';
import { projectOf } from './projects.ts';
import { countStart, startClock } from './times.ts';

let isUnit = false;
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const)
  guard(processes, name);
guard(threads, 'Worker');
syncBuiltinESMExports();

export default class Runner extends TestRunner {
  private stop = (): void => {};
  private leave = (): void => {};

  override onCollectStart(file: RunnerTestFile): void {
    isUnit = projectOf(file.filepath) === 'unit';
    this.stop = startClock(file.filepath);
    this.leave = beAt(file.filepath);
    super.onCollectStart(file);
  }

  override onAfterRunFiles(files: RunnerTestFile[]): void {
    this.stop();
    this.leave();
    super.onAfterRunFiles(files);
  }
}

function guard<T extends object>(module: T, name: keyof T & string): void {
  const allow = (): void => {
    countStart();
    if (isUnit)
      throw new Error(`a unit test uses \`${name}\`: call the file *.engine.test.ts (see test/projects.ts)`);
  };
  const started = module[name] as (new (...args: unknown[]) => object) & ((...args: unknown[]) => unknown);
  const guarded = new Proxy(started, {
    apply(target, self, args) {
      allow();
      return Reflect.apply(target, self, args);
    },
    construct(target, args, made) {
      allow();
      return Reflect.construct(target, args, made);
    },
  });
  Object.defineProperty(module, name, { value: guarded, writable: true, configurable: true });
}
