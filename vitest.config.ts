import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { factor } from './test/fuzz.ts';
import { wasEnded } from './test/hangs.ts';
import { fixtures, isWholeRun, projectOf, projects } from './test/projects.ts';

/** Tests of sites that are built, which wait for their turn: workers that all wait leave a core idle. */
const isBuilt = ({ moduleId }: TestSpecification): boolean =>
  /^(?:site|browser)$/.test(projectOf(moduleId)) &&
  /\b(?:buildInTurn|build|serveReferenceSite)\(/.test(readFileSync(moduleId, 'utf8'));

/** Short files that take long: others go by their size, or by what they took last. */
const isLong = /(?:fuzz|facts|ci-files|fetch-git|planted|reference-platform|package)\.test\.ts$/;

/**
 * What takes longest comes first, so that in the end no core waits for another; what is built comes apart.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      ['browser', 'engine', 'site', 'unit'].indexOf(projectOf(moduleId)) - (isLong.test(moduleId) ? 0.5 : 0);
    const sorted = (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
    const others = sorted.filter((one) => !isBuilt(one));
    const [first = [], second = [], ...later] = sorted.filter(isBuilt).map((one) => [one]);
    const spread = later.flatMap((one, index) => [...others.slice(1 + 12 * index, 13 + 12 * index), ...one]);
    return [...first, ...others.slice(0, 1), ...second, ...spread, ...others.slice(1 + 12 * later.length)];
  }
}

/** Workers belong to a project: a run of all has but one, so that each starts and loads our modules once. */
const isSome = process.argv.some((argument) => /^--project(?:=|$)/.test(argument));

// `isolate: false`: modules keep nothing of one test that the next could see, so a worker loads them once for
// all its files. Engines, builds and browsers are the real ones, so a test may take seconds; a hang must
// still end.
export default defineConfig({
  test: {
    testTimeout: 60_000 * factor,
    hookTimeout: 240_000,
    // Node runs our TypeScript as it is, and keeps what it compiled for all processes of a run: nothing is
    // transformed.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    isolate: false,
    // What is new in memory is collected less often: a twentieth of what a worker does.
    execArgv: ['--max-semi-space-size=64'],
    runner: 'test/runner.ts',
    // One more than there are cores, as now and then one waits for a builder of sites, a browser or an
    // engine; each further one loads our modules and a D2 of its own.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/hung-reporter.ts'],
    onUnhandledError: (error) => (wasEnded(error) ? false : undefined),
    globalSetup: ['test/run-cache.ts', 'test/starlight/builders.ts'],
    // Results must not depend on the terminal that the tests are run in.
    env: {
      NO_COLOR: '1',
      ASTRO_TELEMETRY_DISABLED: '1',
      // What takes turns by day is made whole where it is asked for.
      PLUMBLINE_ASKED: isWholeRun() ? '' : '1',
    },
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
