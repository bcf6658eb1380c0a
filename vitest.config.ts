import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { factor } from './test/fuzz.ts';
import { fixtures, projectOf, projects } from './test/projects.ts';

/** What takes longest comes first, so that in the end no core waits for another. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      ['site', 'browser', 'engine', 'unit'].indexOf(projectOf(moduleId)) -
      (moduleId.endsWith('fuzz.test.ts') ? 0.5 : 0);
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** Workers belong to a project: a run of all has but one, so that each starts and loads our modules once. */
const isSome = process.argv.some((argument) => /^--project(?:=|$)/.test(argument));

// `isolate: false`: modules keep nothing of one test that the next could see, so a worker loads them once for all its files.
// Engines, builds and browsers are the real ones, so a test may take seconds; a hang must still end.
export default defineConfig({
  test: {
    testTimeout: 60_000 * factor,
    hookTimeout: 240_000,
    // Node runs our TypeScript as it is, and keeps what it compiled for all processes of a run: nothing is transformed.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    isolate: false,
    // What is new in memory is collected less often: a twentieth of what a worker does.
    execArgv: ['--max-semi-space-size=64'],
    runner: 'test/runner.ts',
    // One more than there are cores: now and then one waits, for a builder of sites, a browser or an engine.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/run-cache.ts', 'test/starlight/builders.ts'],
    // Results must not depend on the terminal that the tests are run in.
    env: { NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' },
    ...(isSome
      ? {
          projects: Object.entries(projects).map(([name, files]) => ({
            extends: true as const,
            test: { name, ...files },
          })),
        }
      : { include: ['test/**/*.test.ts'], exclude: [fixtures] }),
  },
});
