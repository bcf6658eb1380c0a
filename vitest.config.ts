import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { factor } from './test/fuzz.ts';

/**
 * Four projects, by what a test starts: nothing (`unit`), engines of its own (`engine`: kustomize, Helm, D2, Git, the command line),
 * builds of sites (`site`), a browser (`browser`). A test belongs to the project of its folder, and to `engine` where no folder says;
 * one that starts engines in a folder of units is called `*.engine.test.ts`. `test/projects.test.ts` holds this.
 */
const folders = {
  unit: ['test/*', 'test/{base,query,report,template,vectors,views}/**/*'],
  site: ['test/starlight/**/*'],
  browser: ['test/browser/**/*'],
};
/** What takes longest comes first, so that in the end no core waits for another. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number =>
      ['site', 'browser', 'engine', 'unit'].indexOf(project.name) -
      (moduleId.endsWith('fuzz.test.ts') ? 0.5 : 0);
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

const tests = (paths: string[]): string[] => paths.map((path) => `${path}.test.ts`);
const engines = 'test/**/*.engine.test.ts';
const fixtures = 'test/**/fixtures/**';

// `isolate: false`: modules keep nothing of one test that the next could see, so a worker loads them once for all its files.
// Engines, builds and browsers are the real ones, so a test may take seconds; a hang must still end.
export default defineConfig({
  test: {
    testTimeout: 60_000 * factor,
    hookTimeout: 240_000,
    // Node runs our TypeScript as it is, and keeps what it compiled for all processes of a run: nothing is transformed.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Vitest leaves a core to itself, of which two are too few.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/run-cache.ts', 'test/starlight/builders.ts'],
    // Results must not depend on the terminal that the tests are run in.
    env: { NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: tests(folders.unit),
          exclude: [engines, fixtures],
          setupFiles: 'test/no-engines.ts',
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [
            ...tests(folders.unit).map((path) => path.replace('*.test.ts', '!(*.engine).test.ts')),
            ...tests(folders.site),
            ...tests(folders.browser),
            fixtures,
          ],
        },
      },
      {
        extends: true,
        test: { name: 'site', isolate: false, include: tests(folders.site), exclude: [fixtures] },
      },
      {
        extends: true,
        test: { name: 'browser', isolate: false, include: tests(folders.browser), exclude: [fixtures] },
      },
    ],
  },
});
