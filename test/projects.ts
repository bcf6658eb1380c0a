import { relative, resolve, sep } from 'node:path';

/**
 * What a test starts: nothing (`unit`), engines of its own (`engine`: kustomize, Helm, D2, Git, the command
 * line), builds of sites (`site`), a browser (`browser`). Its folder says so, and `engine` holds where no
 * folder does; one that starts engines in a folder of units is called `*.engine.test.ts`.
 */
export type Project = 'unit' | 'engine' | 'site' | 'browser';

const folders = {
  unit: ['test/*', 'test/{base,query,report,template,vectors,views}/**/*'],
  site: ['test/starlight/**/*'],
  browser: ['test/browser/**/*'],
};
const tests = (paths: string[]): string[] => paths.map((path) => `${path}.test.ts`);
const engines = 'test/**/*.engine.test.ts';
export const fixtures = 'test/**/fixtures/**';

export const projects: Record<Project, { include: string[]; exclude: string[] }> = {
  unit: { include: tests(folders.unit), exclude: [engines, fixtures] },
  engine: {
    include: ['test/**/*.test.ts'],
    exclude: [
      ...tests(folders.unit).map((path) => path.replace('*.test.ts', '!(*.engine).test.ts')),
      ...tests(folders.site),
      ...tests(folders.browser),
      fixtures,
    ],
  },
  site: { include: tests(folders.site), exclude: [fixtures] },
  browser: { include: tests(folders.browser), exclude: [fixtures] },
};

/** The project of a test, by its absolute path. */
export function projectOf(file: string): Project {
  const path = relative(root, file).split(sep).join('/');
  if (path.startsWith('test/starlight/')) return 'site';
  if (path.startsWith('test/browser/')) return 'browser';
  const isUnit = /^test\/(?:[^/]+|(?:base|query|report|template|vectors|views)\/.+)$/.test(path);
  return isUnit && !path.endsWith('.engine.test.ts') ? 'unit' : 'engine';
}

/** Whether the process of Vitest was asked for everything, and not for some files, tests or projects. */
export function isWholeRun(): boolean {
  return process.argv.slice(2).every((argument) => /^(?:run|--reporter.*)$/.test(argument));
}

const root = resolve(import.meta.dirname, '..');
