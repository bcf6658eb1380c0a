import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { hungFiles } from './hangs.ts';

/** Says beside the list of what hung that nothing else has failed, so that those files get another turn. */
export default class HungReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const hung = hungFiles();
    const others = modules.filter(({ moduleId }) => !hung.includes(moduleId));
    const isRight = errors.length === 0 && others.every((one) => one.ok());
    if (hung.length > 0 && isRight) writeFileSync(`${process.env.PLUMBLINE_HUNG}.alone`, '');
  }
}
